// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/wmi.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_void};

use super::{acpi_object, device, kmod_driver_calls};

pub struct wmi_device {
    _opaque: [u64; 1],
}

pub struct wmi_driver {
    _opaque: [u64; 1],
}

pub struct notifier_block {
    _opaque: [u64; 3],
}

#[derive(Clone, Copy)]
pub struct wmi_device_id {
    pub guid_string: [c_char; 37],
    pub context: *const c_void,
}

pub struct kmod_wmi_calls {
    pub notify: Option<unsafe extern "C" fn(*mut c_void, *const acpi_object)>,
    pub hold: Option<unsafe extern "C" fn(*mut c_void)>,
    pub closing: Option<unsafe extern "C" fn(*mut c_void)>,
}

pub struct kmod_wmi_driver {
    pub driver: wmi_driver,
    pub calls: *mut kmod_driver_calls,
    pub wmi: *const kmod_wmi_calls,
    pub unbinding: notifier_block,
    pub watching: bool,
}

kernel_only! {
    fn kmod_wmi_driver_register(
        driver: *mut kmod_wmi_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const wmi_device_id,
    ) -> c_int;
    fn kmod_wmi_driver_unregister(driver: *mut kmod_wmi_driver);
    fn kmod_wmi_start(device: *mut device, placed: *mut c_void) -> c_int;
    fn kmod_wmi_stop(device: *mut device);
    fn kmod_wmi_device(device: *mut device) -> *mut wmi_device;
    fn kmod_wmi_evaluate(
        wmi: *mut wmi_device,
        guid: *const c_char,
        instance: c_uchar,
        method: c_uint,
        in_: *const c_void,
        length: c_uint,
        result: *mut *mut acpi_object,
    ) -> c_int;
    fn kmod_wmi_query(
        wmi: *mut wmi_device,
        guid: *const c_char,
        instance: c_uchar,
        result: *mut *mut acpi_object,
    ) -> c_int;
    fn kmod_wmi_set(
        wmi: *mut wmi_device,
        guid: *const c_char,
        instance: c_uchar,
        in_: *const c_void,
        length: c_uint,
    ) -> c_int;
    fn kmod_wmi_has(guid: *const c_char) -> bool;
}
