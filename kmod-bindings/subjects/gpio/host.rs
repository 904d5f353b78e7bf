// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/gpio/driver.h>`: the host has no lines.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::{device, kmod_class_name};

pub const KMOD_GPIO_OUT: c_uint = 0;
pub const KMOD_GPIO_IN: c_uint = 1;

pub struct kmod_gpio {
    _opaque: [u8; 0],
}

pub struct kmod_gpio_ops {
    pub request: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub free: Option<unsafe extern "C" fn(*mut c_void, c_uint)>,
    pub get_direction: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub direction_input: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub direction_output: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_int) -> c_int>,
    pub get: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub set: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_int) -> c_int>,
}

pub struct kmod_gpio_plan {
    pub name: kmod_class_name,
    pub names: *const *const c_char,
    pub named: c_uint,
    pub lines: c_uint,
    pub can_sleep: bool,
}

kernel_only! {
    fn kmod_gpio_make(
        parent: *mut device,
        plan: *const kmod_gpio_plan,
        ops: *const kmod_gpio_ops,
        data: *mut c_void,
    ) -> *mut kmod_gpio;
    fn kmod_gpio_shut(gpio: *mut kmod_gpio);
    fn kmod_gpio_end(gpio: *mut kmod_gpio);
}
