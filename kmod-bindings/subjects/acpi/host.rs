// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/acpi.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::device;

pub struct acpi_object {
    _opaque: [u64; 3],
}

#[derive(Clone, Copy)]
pub struct acpi_device_id {
    pub id: [u8; 16],
    pub driver_data: c_ulong,
    pub cls: u32,
    pub cls_msk: u32,
}

#[derive(Clone, Copy)]
pub struct kmod_acpi_value {
    pub type_: c_uint,
    pub length: c_uint,
    pub integer: u64,
    pub start: *const c_void,
}

pub const KMOD_ACPI_INTEGER: c_uint = 1;
pub const KMOD_ACPI_STRING: c_uint = 2;
pub const KMOD_ACPI_BUFFER: c_uint = 3;
pub const KMOD_ACPI_PACKAGE: c_uint = 4;
pub const KMOD_ACPI_ARGUMENTS: c_uint = 7;

kernel_only! {
    fn kmod_acpi_handle(device: *mut device) -> *mut c_void;
    fn kmod_acpi_has(handle: *mut c_void, name: *const c_char) -> bool;
    fn kmod_acpi_evaluate(
        handle: *mut c_void,
        name: *const c_char,
        arguments: *const kmod_acpi_value,
        count: c_uint,
        result: *mut *mut acpi_object,
    ) -> c_int;
    fn ec_read(addr: u8, val: *mut u8) -> c_int;
    fn ec_write(addr: u8, val: u8) -> c_int;
    fn ec_transaction(
        command: u8,
        wdata: *const u8,
        wdata_len: c_uint,
        rdata: *mut u8,
        rdata_len: c_uint,
    ) -> c_int;
    fn kmod_acpi_taken(
        status: c_uint,
        object: *mut c_void,
        result: *mut *mut acpi_object,
    ) -> c_int;
    fn kmod_acpi_free(object: *mut acpi_object);
    fn kmod_acpi_read(object: *const acpi_object, value: *mut kmod_acpi_value);
    fn kmod_acpi_element(package: *const acpi_object, index: c_uint) -> *const acpi_object;
    fn kmod_acpi_notify_install(
        handle: *mut c_void,
        handler: Option<unsafe extern "C" fn(*mut c_void, u32, *mut c_void)>,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_acpi_notify_remove(
        handle: *mut c_void,
        handler: Option<unsafe extern "C" fn(*mut c_void, u32, *mut c_void)>,
    );
}
