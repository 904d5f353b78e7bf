// SPDX-License-Identifier: GPL-2.0-only
//! `<acpi/battery.h>`: there are no batteries on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_void};

pub struct kmod_battery_hook {
    _opaque: [u8; 0],
}

pub struct kmod_battery_hook_ops {
    pub add_battery: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> c_int>,
    pub get_property:
        Option<unsafe extern "C" fn(*mut c_void, *const c_char, c_uint, *mut c_int) -> c_int>,
    pub set_property:
        Option<unsafe extern "C" fn(*mut c_void, *const c_char, c_uint, c_int) -> c_int>,
}

kernel_only! {
    fn kmod_battery_hook_make(
        properties: *const c_uchar,
        count: c_uint,
        writable: c_uint,
        ops: *const kmod_battery_hook_ops,
        data: *mut c_void,
    ) -> *mut kmod_battery_hook;
    fn kmod_battery_hook_end(hook: *mut kmod_battery_hook);
}
