// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/gpio/consumer.h>`: the host has no lines.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint};

use super::{device, kmod_irq_calls};

pub struct gpio_desc {
    _opaque: [u8; 0],
}

pub struct kmod_gpiod_plan {
    pub name: *const c_char,
    pub chip: *const c_char,
    pub line: c_uint,
    pub active_low: bool,
    pub output: bool,
    pub high: bool,
    pub optional: bool,
    pub can_sleep: bool,
}

kernel_only! {
    fn kmod_gpiod_get(
        device: *mut device,
        plan: *const kmod_gpiod_plan,
        index: c_uint,
    ) -> *mut gpio_desc;
    fn kmod_gpiod_put(desc: *mut gpio_desc);
    fn kmod_gpiod_get_value(desc: *const gpio_desc) -> c_int;
    fn kmod_gpiod_get_value_cansleep(desc: *const gpio_desc) -> c_int;
    fn kmod_gpiod_set_value(desc: *mut gpio_desc, value: c_int) -> c_int;
    fn kmod_gpiod_set_value_cansleep(desc: *mut gpio_desc, value: c_int) -> c_int;
    fn kmod_gpiod_irq_request(
        device: *mut device,
        desc: *mut gpio_desc,
        rising: bool,
        falling: bool,
        calls: *const kmod_irq_calls,
    ) -> c_int;
}
