// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/miscdevice.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint};

use super::{attribute_group, device, file_operations, umode_t};

pub struct miscdevice {
    pub minor: c_int,
    pub name: *const c_char,
    pub fops: *const file_operations,
    pub parent: *mut device,
    pub this_device: *mut device,
    pub groups: *mut *const attribute_group,
    pub nodename: *const c_char,
    pub mode: umode_t,
}

pub const MISC_DYNAMIC_MINOR: c_uint = 255;

kernel_only! {
    fn misc_register(misc: *mut miscdevice) -> c_int;
    fn misc_deregister(misc: *mut miscdevice);
}
