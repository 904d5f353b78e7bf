// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/debugfs.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_void};

use super::{dentry, file_operations, inode, loff_t, umode_t};

kernel_only! {
    fn debugfs_create_dir(name: *const c_char, parent: *mut dentry) -> *mut dentry;
    fn debugfs_remove(entry: *mut dentry);
    fn kmod_debugfs_create_file(
        name: *const c_char,
        mode: umode_t,
        parent: *mut dentry,
        data: *mut c_void,
        fops: *const file_operations,
        size: loff_t,
    ) -> *mut dentry;
    fn kmod_debugfs_data(inode: *const inode) -> *mut c_void;
}
