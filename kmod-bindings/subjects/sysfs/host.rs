// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/sysfs.h>`, and the attributes of modules and devices
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_void};

use super::{device, loff_t, umode_t};

pub struct kmod_attribute {
    _opaque: [usize; 11],
}

pub struct kmod_bin_attribute {
    _opaque: [usize; 12],
}

pub struct kernfs_node {
    _opaque: [u8; 0],
}

pub struct kmod_files {
    _opaque: [u8; 0],
}

kernel_only! {
    fn kmod_attribute_make(
        file: *mut kmod_attribute,
        device: *mut device,
        name: *const c_char,
        mode: umode_t,
        data: *mut c_void,
        show: Option<unsafe extern "C" fn(*mut c_void, *mut c_char) -> isize>,
        store: Option<unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize>,
    ) -> c_int;
    fn kmod_attribute_remove(file: *mut kmod_attribute, device: *mut device);
    fn kmod_attribute_make_in(
        file: *mut kmod_attribute,
        device: *mut device,
        group: *const c_char,
        name: *const c_char,
        mode: umode_t,
        data: *mut c_void,
        show: Option<unsafe extern "C" fn(*mut c_void, *mut c_char) -> isize>,
        store: Option<unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize>,
    ) -> c_int;
    fn kmod_attribute_remove_in(
        file: *mut kmod_attribute,
        device: *mut device,
        group: *const c_char,
    );
    fn kmod_attribute_node(
        device: *mut device,
        group: *const c_char,
        name: *const c_char,
    ) -> *mut kernfs_node;
    fn kmod_bin_attribute_make(
        file: *mut kmod_bin_attribute,
        device: *mut device,
        name: *const c_char,
        mode: umode_t,
        size: usize,
        data: *mut c_void,
        read: Option<unsafe extern "C" fn(*mut c_void, *mut c_char, loff_t, usize) -> isize>,
        write: Option<unsafe extern "C" fn(*mut c_void, *const c_char, loff_t, usize) -> isize>,
    ) -> c_int;
    fn kmod_bin_attribute_remove(file: *mut kmod_bin_attribute, device: *mut device);
    fn kmod_bin_attribute_make_in(
        file: *mut kmod_bin_attribute,
        device: *mut device,
        group: *const c_char,
        name: *const c_char,
        mode: umode_t,
        size: usize,
        data: *mut c_void,
        read: Option<unsafe extern "C" fn(*mut c_void, *mut c_char, loff_t, usize) -> isize>,
        write: Option<unsafe extern "C" fn(*mut c_void, *const c_char, loff_t, usize) -> isize>,
    ) -> c_int;
    fn kmod_bin_attribute_remove_in(
        file: *mut kmod_bin_attribute,
        device: *mut device,
        group: *const c_char,
    );
    fn kmod_files_alloc(most: usize) -> *mut kmod_files;
    fn kmod_files_add(
        files: *mut kmod_files,
        name: *const c_char,
        mode: umode_t,
        data: *mut c_void,
        show: Option<unsafe extern "C" fn(*mut c_void, *mut c_char) -> isize>,
        store: Option<unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize>,
    );
    fn kmod_files_add_in(
        files: *mut kmod_files,
        group: *const c_char,
        name: *const c_char,
        mode: umode_t,
        data: *mut c_void,
        show: Option<unsafe extern "C" fn(*mut c_void, *mut c_char) -> isize>,
        store: Option<unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize>,
    ) -> c_int;
    fn kmod_files_add_bytes(
        files: *mut kmod_files,
        group: *const c_char,
        name: *const c_char,
        mode: umode_t,
        size: usize,
        data: *mut c_void,
        read: Option<unsafe extern "C" fn(*mut c_void, *mut c_char, loff_t, usize) -> isize>,
        write: Option<unsafe extern "C" fn(*mut c_void, *const c_char, loff_t, usize) -> isize>,
    ) -> c_int;
    fn kmod_files_free(files: *mut kmod_files);
    fn kmod_node_notify(node: *mut kernfs_node);
    fn kmod_node_put(node: *mut kernfs_node);
}
