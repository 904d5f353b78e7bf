// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/platform_device.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint};

use super::{device, kmod_driver_calls, kmod_irq_calls};

pub struct platform_device {
    _opaque: [u8; 0],
}

pub struct platform_driver {
    _opaque: [usize; 32],
}

pub struct kmod_platform_driver {
    pub driver: platform_driver,
    pub calls: *mut kmod_driver_calls,
}

kernel_only! {
    fn kmod_platform_driver_register(
        driver: *mut kmod_platform_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
    ) -> c_int;
    fn kmod_platform_driver_unregister(driver: *mut kmod_platform_driver);
    fn kmod_platform_device_create(name: *const c_char, id: c_int) -> *mut platform_device;
    fn platform_device_unregister(device: *mut platform_device);
    fn kmod_platform_of(device: *mut device) -> *mut platform_device;
    fn kmod_platform_id(device: *const platform_device) -> c_int;
    fn kmod_platform_irq_request(
        device: *mut device,
        index: c_uint,
        calls: *const kmod_irq_calls,
    ) -> c_int;
}
