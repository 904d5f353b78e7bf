// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/backlight.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_void};

use super::{device, kmod_class_name};

pub const KMOD_BACKLIGHT_RAW: c_uint = 1;
pub const KMOD_BACKLIGHT_PLATFORM: c_uint = 2;
pub const KMOD_BACKLIGHT_FIRMWARE: c_uint = 3;

pub struct kmod_backlight {
    _opaque: [u8; 0],
}

pub struct kmod_backlight_ops {
    pub update_status: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub get_brightness: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
}

pub struct kmod_backlight_plan {
    pub name: kmod_class_name,
    pub max_brightness: c_uint,
    pub brightness: c_uint,
    pub type_: c_uint,
}

kernel_only! {
    fn kmod_backlight_make(
        parent: *mut device,
        plan: *const kmod_backlight_plan,
        ops: *const kmod_backlight_ops,
        data: *mut c_void,
    ) -> *mut kmod_backlight;
    fn kmod_backlight_end(backlight: *mut kmod_backlight);
}
