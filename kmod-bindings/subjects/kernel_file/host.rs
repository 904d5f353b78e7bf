// SPDX-License-Identifier: GPL-2.0-only
//! `filp_open()`, `kernel_read()` and `kernel_write()`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::file;

pub const O_RDONLY: c_uint = 0;
pub const O_WRONLY: c_uint = 1;
pub const O_RDWR: c_uint = 2;
pub const O_CREAT: c_uint = 0o100;
pub const O_EXCL: c_uint = 0o200;
pub const O_TRUNC: c_uint = 0o1000;

kernel_only! {
    fn kmod_kernel_file_open(path: *const c_char, flags: c_int, mode: c_uint) -> *mut file;
    fn kmod_kernel_file_close(file: *mut file);
    fn kmod_kernel_file_read(file: *mut file, to: *mut c_void, len: usize, pos: i64) -> isize;
    fn kmod_kernel_file_write(file: *mut file, from: *const c_void, len: usize, pos: i64) -> isize;
    fn kmod_kernel_file_sync(file: *mut file) -> c_int;
}
