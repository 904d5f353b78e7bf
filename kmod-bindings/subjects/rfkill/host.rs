// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/rfkill.h>`: there are no radios on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_void};

use super::{device, kmod_class_name};

pub const KMOD_RFKILL_WLAN: c_uint = 1;
pub const KMOD_RFKILL_BLUETOOTH: c_uint = 2;
pub const KMOD_RFKILL_UWB: c_uint = 3;
pub const KMOD_RFKILL_WIMAX: c_uint = 4;
pub const KMOD_RFKILL_WWAN: c_uint = 5;
pub const KMOD_RFKILL_GPS: c_uint = 6;
pub const KMOD_RFKILL_FM: c_uint = 7;
pub const KMOD_RFKILL_NFC: c_uint = 8;

pub struct kmod_rfkill {
    _opaque: [usize; 8],
}

pub struct kmod_rfkill_ops {
    pub set_block: Option<unsafe extern "C" fn(*mut c_void, bool) -> c_int>,
    pub poll: Option<unsafe extern "C" fn(*mut c_void)>,
    pub query: Option<unsafe extern "C" fn(*mut c_void)>,
}

pub struct kmod_rfkill_plan {
    pub name: kmod_class_name,
    pub type_: c_uint,
    pub persistent: bool,
}

kernel_only! {
    fn kmod_rfkill_make(
        radio: *mut kmod_rfkill,
        parent: *mut device,
        plan: *const kmod_rfkill_plan,
        ops: *const kmod_rfkill_ops,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_rfkill_shut(radio: *mut kmod_rfkill);
    fn kmod_rfkill_end(radio: *mut kmod_rfkill);
}

/// No radio is made.
pub unsafe fn kmod_rfkill_set_hw_state(_radio: *mut kmod_rfkill, blocked: bool) -> bool {
    blocked
}

/// No radio is made.
pub unsafe fn kmod_rfkill_set_sw_state(_radio: *mut kmod_rfkill, blocked: bool) -> bool {
    blocked
}

/// No radio is made.
pub unsafe fn kmod_rfkill_blocked(_radio: *mut kmod_rfkill) -> bool {
    false
}
