// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/led-class-multicolor.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uchar, c_uint, c_void};

use super::{device, kmod_led_plan};

pub const KMOD_LED_WHITE: c_uint = 0;
pub const KMOD_LED_RED: c_uint = 1;
pub const KMOD_LED_GREEN: c_uint = 2;
pub const KMOD_LED_BLUE: c_uint = 3;
pub const KMOD_LED_AMBER: c_uint = 4;
pub const KMOD_LED_VIOLET: c_uint = 5;
pub const KMOD_LED_YELLOW: c_uint = 6;
pub const KMOD_LED_IR: c_uint = 7;
pub const KMOD_LED_COLORS: c_uint = 8;

pub struct kmod_led_multicolor {
    _opaque: [u8; 0],
}

pub struct kmod_led_multicolor_ops {
    pub brightness_set: Option<unsafe extern "C" fn(*mut c_void, *const c_uint, c_uint)>,
    pub brightness_set_blocking:
        Option<unsafe extern "C" fn(*mut c_void, *const c_uint, c_uint) -> c_int>,
}

kernel_only! {
    fn kmod_led_multicolor_make(
        parent: *mut device,
        plan: *const kmod_led_plan,
        colors: *const c_uchar,
        count: c_uint,
        ops: *const kmod_led_multicolor_ops,
        data: *mut c_void,
    ) -> *mut kmod_led_multicolor;
    fn kmod_led_multicolor_end(led: *mut kmod_led_multicolor);
}
