// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/hwmon.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_long, c_uchar, c_uint, c_ulonglong, c_void};

use super::device;

pub const KMOD_HWMON_SENSORS_END: c_uint = 10;
pub const KMOD_HWMON_ATTRS_END: c_uint = 46;

pub struct kmod_hwmon {
    _opaque: [u8; 0],
}

#[derive(Clone, Copy)]
pub struct kmod_hwmon_channel {
    pub sensor: c_uchar,
    pub readable: c_ulonglong,
    pub writable: c_ulonglong,
    pub label: *const c_char,
}

pub struct kmod_hwmon_ops {
    pub is_visible: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint) -> bool>,
    pub read:
        Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint, *mut c_long) -> c_int>,
    pub write: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint, c_long) -> c_int>,
}

pub struct kmod_hwmon_plan {
    pub name: *const c_char,
    pub channels: *const kmod_hwmon_channel,
    pub count: c_uint,
}

kernel_only! {
    fn kmod_hwmon_make(
        parent: *mut device,
        plan: *const kmod_hwmon_plan,
        ops: *const kmod_hwmon_ops,
        data: *mut c_void,
    ) -> *mut kmod_hwmon;
    fn kmod_hwmon_end(hwmon: *mut kmod_hwmon);
}
