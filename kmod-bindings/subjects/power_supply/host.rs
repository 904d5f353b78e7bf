// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/power_supply.h>`: there are no supplies on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_void};

use super::{device, kmod_class_name};

pub const KMOD_PSY_BATTERY: c_uint = 1;
pub const KMOD_PSY_UPS: c_uint = 2;
pub const KMOD_PSY_MAINS: c_uint = 3;
pub const KMOD_PSY_USB: c_uint = 4;
pub const KMOD_PSY_WIRELESS: c_uint = 12;
pub const KMOD_PSY_PROPERTIES_END: c_uint = 68;

pub struct kmod_power_supply {
    _opaque: [usize; 3],
}

pub struct kmod_power_supply_ops {
    pub get_property: Option<unsafe extern "C" fn(*mut c_void, c_uint, *mut c_int) -> c_int>,
    pub set_property: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_int) -> c_int>,
}

pub struct kmod_power_supply_plan {
    pub name: kmod_class_name,
    pub type_: c_uint,
    pub properties: *const c_uchar,
    pub count: c_uint,
    pub writable: c_uint,
    pub model_name: *const c_char,
    pub manufacturer: *const c_char,
    pub serial_number: *const c_char,
}

kernel_only! {
    fn kmod_power_supply_make(
        supply: *mut kmod_power_supply,
        parent: *mut device,
        plan: *const kmod_power_supply_plan,
        ops: *const kmod_power_supply_ops,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_power_supply_shut(supply: *mut kmod_power_supply);
    fn kmod_power_supply_end(supply: *mut kmod_power_supply);
}

/// No supply is made.
pub unsafe fn kmod_power_supply_changed(_supply: *mut kmod_power_supply) {}
