// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/fs.h>`, `<linux/fs_context.h>` and `<linux/seq_file.h>`, as far as file systems need
//! them.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{file, file_operations, inode, loff_t, module, umode_t};

pub struct dentry {
    _opaque: [u8; 0],
}

pub struct fs_context {
    _opaque: [u8; 0],
}

pub struct super_block {
    _opaque: [u8; 0],
}

pub struct kstatfs {
    _opaque: [u8; 0],
}

pub struct dir_context {
    pub pos: loff_t,
}

pub struct seq_file {
    pub private: *mut c_void,
}

pub struct file_system_type {
    pub name: *const c_char,
    pub owner: *mut module,
    pub init_fs_context: Option<unsafe extern "C" fn(*mut fs_context) -> c_int>,
    pub kill_sb: Option<unsafe extern "C" fn(*mut super_block)>,
}

pub struct fs_context_operations {
    pub get_tree: Option<unsafe extern "C" fn(*mut fs_context) -> c_int>,
    pub reconfigure: Option<unsafe extern "C" fn(*mut fs_context) -> c_int>,
    pub free: Option<unsafe extern "C" fn(*mut fs_context)>,
}

pub struct super_operations {
    pub statfs: Option<unsafe extern "C" fn(*mut dentry, *mut kstatfs) -> c_int>,
    pub put_super: Option<unsafe extern "C" fn(*mut super_block)>,
}

type lookup = unsafe extern "C" fn(*mut inode, *mut dentry, c_uint) -> *mut dentry;

pub struct inode_operations {
    pub lookup: Option<lookup>,
    pub rmdir: Option<unsafe extern "C" fn(*mut inode, *mut dentry) -> c_int>,
}

pub struct kmod_inode_info {
    pub ino: u64,
    pub size: loff_t,
    pub mode: umode_t,
    pub nlink: c_uint,
    pub op: *const inode_operations,
    pub fop: *const file_operations,
    pub private: *const c_void,
}

pub const DT_DIR: c_uint = 4;
pub const DT_REG: c_uint = 8;

kernel_only! {
    fn register_filesystem(fs: *mut file_system_type) -> c_int;
    fn unregister_filesystem(fs: *mut file_system_type) -> c_int;
    fn d_splice_alias(inode: *mut inode, dentry: *mut dentry) -> *mut dentry;
    fn generic_read_dir(
        file: *mut file,
        buf: *mut c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize;
    fn get_tree_nodev(
        fc: *mut fs_context,
        fill_super: Option<unsafe extern "C" fn(*mut super_block, *mut fs_context) -> c_int>,
    ) -> c_int;
    fn kill_anon_super(sb: *mut super_block);
    fn seq_lseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
    fn seq_read(file: *mut file, buf: *mut c_char, len: usize, ppos: *mut loff_t) -> isize;
    fn seq_write(seq: *mut seq_file, data: *const c_void, len: usize) -> c_int;
    fn simple_statfs(dentry: *mut dentry, buf: *mut kstatfs) -> c_int;
    fn single_open(
        file: *mut file,
        show: Option<unsafe extern "C" fn(*mut seq_file, *mut c_void) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    fn single_release(inode: *mut inode, file: *mut file) -> c_int;
    fn kmod_fs_context_init(fc: *mut fs_context, ops: *const fs_context_operations);
    fn kmod_fs_context_keep_rdonly(fc: *mut fs_context);
    fn kmod_super_init(sb: *mut super_block, magic: c_ulong, ops: *const super_operations);
    fn kmod_super_set_root(sb: *mut super_block, root: *mut inode) -> c_int;
    fn kmod_inode_new(sb: *mut super_block, info: *const kmod_inode_info) -> *mut inode;
    fn kmod_inode_ino(inode: *const inode) -> u64;
    fn kmod_inode_private(inode: *const inode) -> *const c_void;
    fn kmod_inode_sb(inode: *const inode) -> *mut super_block;
    fn kmod_file_inode(file: *const file) -> *mut inode;
    fn kmod_dentry_name(dentry: *const dentry, len: *mut usize) -> *const u8;
    fn kmod_dir_emit_dots(file: *mut file, ctx: *mut dir_context) -> bool;
    fn kmod_dir_emit(
        ctx: *mut dir_context,
        name: *const c_char,
        len: c_int,
        ino: u64,
        kind: c_uint,
    ) -> bool;
}
