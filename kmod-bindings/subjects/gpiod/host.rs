// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/gpio/consumer.h>`: the host has no lines.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong};

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

pub const KMOD_GPIOD_BIAS_DISABLE: u32 = 1;
pub const KMOD_GPIOD_BIAS_PULL_UP: u32 = 5;
pub const KMOD_GPIOD_BIAS_PULL_DOWN: u32 = 3;
pub const KMOD_GPIOD_DRIVE_PUSH_PULL: u32 = 8;
pub const KMOD_GPIOD_DRIVE_OPEN_DRAIN: u32 = 6;
pub const KMOD_GPIOD_DRIVE_OPEN_SOURCE: u32 = 7;
pub const KMOD_GPIOD_INPUT_DEBOUNCE: u32 = 11;

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
    fn kmod_gpiod_get_array_value(
        count: c_uint,
        descs: *mut *mut gpio_desc,
        bits: *mut c_ulong,
    ) -> c_int;
    fn kmod_gpiod_get_array_value_cansleep(
        count: c_uint,
        descs: *mut *mut gpio_desc,
        bits: *mut c_ulong,
    ) -> c_int;
    fn kmod_gpiod_set_array_value(
        count: c_uint,
        descs: *mut *mut gpio_desc,
        bits: *mut c_ulong,
    ) -> c_int;
    fn kmod_gpiod_set_array_value_cansleep(
        count: c_uint,
        descs: *mut *mut gpio_desc,
        bits: *mut c_ulong,
    ) -> c_int;
    fn kmod_gpiod_direction_input(desc: *mut gpio_desc) -> c_int;
    fn kmod_gpiod_direction_output(desc: *mut gpio_desc, value: c_int) -> c_int;
    fn kmod_gpiod_set_config(desc: *mut gpio_desc, config: c_ulong) -> c_int;
    fn kmod_gpiod_irq_request(
        device: *mut device,
        desc: *mut gpio_desc,
        rising: bool,
        falling: bool,
        calls: *const kmod_irq_calls,
    ) -> c_int;
}
