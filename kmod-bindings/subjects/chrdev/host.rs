// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/cdev.h>` and `<linux/device.h>`.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::{file_operations, module};

pub type dev_t = u32;
pub type umode_t = u16;

pub struct device {
    _opaque: [u8; 0],
}

pub struct class {
    _opaque: [u8; 0],
}

pub struct attribute_group {
    _opaque: [u8; 0],
}

pub struct kmod_node {
    pub mode: umode_t,
    pub first_minor: c_uint,
    pub before: *const c_char,
    pub after: *const c_char,
}

pub struct cdev {
    pub owner: *mut module,
    pub ops: *const file_operations,
}

kernel_only! {
    fn alloc_chrdev_region(
        dev: *mut dev_t, baseminor: c_uint, count: c_uint, name: *const c_char
    ) -> c_int;
    fn register_chrdev_region(from: dev_t, count: c_uint, name: *const c_char) -> c_int;
    fn unregister_chrdev_region(from: dev_t, count: c_uint);
    fn cdev_alloc() -> *mut cdev;
    fn cdev_add(p: *mut cdev, dev: dev_t, count: c_uint) -> c_int;
    fn cdev_del(p: *mut cdev);
    fn class_destroy(cls: *mut class);
    fn device_destroy(class: *mut class, devt: dev_t);
    fn device_create_with_groups(
        class: *mut class, parent: *mut device, devt: dev_t, drvdata: *mut c_void,
        groups: *mut *const attribute_group,
        fmt: *const c_char, name: *const c_char, number: c_uint
    ) -> *mut device;
    fn kmod_class_create(name: *const c_char) -> *mut class;
    fn kmod_class_modes(class: *mut class);
    fn kmod_class_paths(class: *mut class);
}
