// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/leds.h>`, what sets LEDs: there are none on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_ulong};

use super::kmod_class_name;

pub struct kmod_led_trigger {
    _opaque: [usize; 3],
}

kernel_only! {
    fn kmod_led_trigger_make(trigger: *mut kmod_led_trigger, name: *const kmod_class_name) -> c_int;
    fn kmod_led_trigger_shut(trigger: *mut kmod_led_trigger);
    fn kmod_led_trigger_end(trigger: *mut kmod_led_trigger);
}

/// No trigger is made.
pub unsafe fn kmod_led_trigger_event(_trigger: *mut kmod_led_trigger, _brightness: c_uint) {}

/// No trigger is made.
pub unsafe fn kmod_led_trigger_blink(_trigger: *mut kmod_led_trigger, _on: c_ulong, _off: c_ulong) {
}

/// No trigger is made.
pub unsafe fn kmod_led_trigger_blink_oneshot(
    _trigger: *mut kmod_led_trigger,
    _on: c_ulong,
    _off: c_ulong,
    _invert: bool,
) {
}
