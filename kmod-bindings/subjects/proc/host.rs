// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/proc_fs.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::{file, inode, iov_iter, kiocb, loff_t, umode_t};

pub struct proc_dir_entry {
    _opaque: [u8; 0],
}

pub struct proc_ops {
    pub proc_flags: c_uint,
    pub proc_open: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
    pub proc_read_iter: Option<unsafe extern "C" fn(*mut kiocb, *mut iov_iter) -> isize>,
    pub proc_write:
        Option<unsafe extern "C" fn(*mut file, *const c_char, usize, *mut loff_t) -> isize>,
    pub proc_lseek: Option<unsafe extern "C" fn(*mut file, loff_t, c_int) -> loff_t>,
    pub proc_release: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
}

kernel_only! {
    fn proc_create_data(
        name: *const c_char,
        mode: umode_t,
        parent: *mut proc_dir_entry,
        ops: *const proc_ops,
        data: *mut c_void,
    ) -> *mut proc_dir_entry;
    fn proc_mkdir(name: *const c_char, parent: *mut proc_dir_entry) -> *mut proc_dir_entry;
    fn proc_remove(entry: *mut proc_dir_entry);
    fn seq_read_iter(iocb: *mut kiocb, iter: *mut iov_iter) -> isize;
    fn kmod_proc_exists(path: *const c_char) -> bool;
}
