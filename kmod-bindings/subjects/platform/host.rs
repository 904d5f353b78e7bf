// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/platform_device.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{acpi_device_id, device, kmod_driver_calls, kmod_irq_calls};

pub struct platform_device {
    _opaque: [u8; 0],
}

pub struct platform_driver {
    _opaque: [usize; 32],
}

pub struct kmod_platform_driver {
    pub driver: platform_driver,
    pub calls: *mut kmod_driver_calls,
    pub others: bool,
}

#[derive(Clone, Copy)]
pub struct platform_device_id {
    pub name: [c_char; 20],
    pub driver_data: c_ulong,
}

#[derive(Clone, Copy)]
pub struct of_device_id {
    pub name: [c_char; 32],
    pub type_: [c_char; 32],
    pub compatible: [c_char; 128],
    pub data: *const c_void,
}

#[derive(Clone, Copy)]
pub struct kmod_platform_ids {
    pub names: *const platform_device_id,
    pub acpi: *const acpi_device_id,
    pub of: *const of_device_id,
    pub others: bool,
}

kernel_only! {
    fn kmod_platform_driver_register(
        driver: *mut kmod_platform_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const kmod_platform_ids,
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
