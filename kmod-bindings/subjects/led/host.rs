// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/leds.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{device, kmod_class_name};

pub struct kmod_led {
    _opaque: [u8; 0],
}

pub struct kmod_led_ops {
    pub brightness_set: Option<unsafe extern "C" fn(*mut c_void, c_uint)>,
    pub brightness_set_blocking: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub brightness_get: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub blink_set: Option<unsafe extern "C" fn(*mut c_void, *mut c_ulong, *mut c_ulong) -> c_int>,
}

pub struct kmod_led_plan {
    pub name: kmod_class_name,
    pub max_brightness: c_uint,
    pub default_trigger: *const c_char,
}

kernel_only! {
    fn kmod_led_make(
        parent: *mut device,
        plan: *const kmod_led_plan,
        ops: *const kmod_led_ops,
        data: *mut c_void,
    ) -> *mut kmod_led;
    fn kmod_led_end(led: *mut kmod_led);
}
