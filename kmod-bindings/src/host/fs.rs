// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/fs.h>`, as far as devices need it.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::{dir_context, module, poll_table_struct, vm_area_struct};

pub type loff_t = i64;
pub type __poll_t = c_uint;

pub struct inode {
    _opaque: [u8; 0],
}

pub struct file {
    pub f_flags: c_uint,
    pub f_pos: loff_t,
    pub private_data: *mut c_void,
}

pub struct file_operations {
    pub owner: *mut module,
    pub llseek: Option<unsafe extern "C" fn(*mut file, loff_t, c_int) -> loff_t>,
    pub read: Option<unsafe extern "C" fn(*mut file, *mut c_char, usize, *mut loff_t) -> isize>,
    pub write: Option<unsafe extern "C" fn(*mut file, *const c_char, usize, *mut loff_t) -> isize>,
    pub iterate_shared: Option<unsafe extern "C" fn(*mut file, *mut dir_context) -> c_int>,
    pub poll: Option<unsafe extern "C" fn(*mut file, *mut poll_table_struct) -> __poll_t>,
    pub mmap: Option<unsafe extern "C" fn(*mut file, *mut vm_area_struct) -> c_int>,
    pub open: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
    pub release: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
}

pub const SEEK_SET: c_uint = 0;
pub const SEEK_CUR: c_uint = 1;
pub const SEEK_END: c_uint = 2;
pub const O_NONBLOCK: c_uint = 0o4000;

kernel_only! {
    fn fixed_size_llseek(file: *mut file, offset: loff_t, whence: c_int, size: loff_t) -> loff_t;
    fn kmod_file_minor(file: *const file) -> c_uint;
}
