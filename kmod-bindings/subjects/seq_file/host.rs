// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/seq_file.h>`: what walks the rows of a file.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_void};

use super::{file, inode, loff_t, seq_file};

pub struct seq_operations {
    pub start: Option<unsafe extern "C" fn(*mut seq_file, *mut loff_t) -> *mut c_void>,
    pub stop: Option<unsafe extern "C" fn(*mut seq_file, *mut c_void)>,
    pub next: Option<unsafe extern "C" fn(*mut seq_file, *mut c_void, *mut loff_t) -> *mut c_void>,
    pub show: Option<unsafe extern "C" fn(*mut seq_file, *mut c_void) -> c_int>,
}

kernel_only! {
    fn __seq_open_private(file: *mut file, ops: *const seq_operations, size: c_int) -> *mut c_void;
    fn seq_release_private(inode: *mut inode, file: *mut file) -> c_int;
}
