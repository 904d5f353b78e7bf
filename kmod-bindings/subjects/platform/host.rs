// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/platform_device.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int};

use super::{device, ida};

pub struct platform_device {
    _opaque: [u8; 0],
}

pub struct platform_driver {
    _opaque: [usize; 32],
}

pub struct kmod_platform_driver {
    pub driver: platform_driver,
    pub indices: ida,
    pub probe:
        Option<unsafe extern "C" fn(*mut platform_device, *mut kmod_platform_driver) -> c_int>,
    pub remove: Option<unsafe extern "C" fn(*mut platform_device, *mut kmod_platform_driver)>,
    pub shutdown: Option<unsafe extern "C" fn(*mut platform_device)>,
}

kernel_only! {
    fn kmod_platform_driver_register(
        driver: *mut kmod_platform_driver,
        name: *const c_char,
    ) -> c_int;
    fn kmod_platform_driver_unregister(driver: *mut kmod_platform_driver);
    fn kmod_platform_device_create(name: *const c_char, id: c_int) -> *mut platform_device;
    fn platform_device_unregister(device: *mut platform_device);
    fn kmod_platform_dev(device: *mut platform_device) -> *mut device;
    fn kmod_platform_id(device: *const platform_device) -> c_int;
}
