// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/fs.h>`, as far as devices need it.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void};

use super::{dir_context, iov_iter, module, poll_table_struct, seq_file, vm_area_struct};

pub type loff_t = i64;
pub type __poll_t = c_uint;
pub type fl_owner_t = *mut c_void;

pub struct inode {
    _opaque: [u8; 0],
}

pub struct pipe_inode_info {
    _opaque: [u8; 0],
}

pub struct fasync_struct {
    _opaque: [u8; 0],
}

pub struct kiocb {
    pub ki_filp: *mut file,
    pub ki_pos: loff_t,
    pub ki_flags: c_int,
}

pub struct file {
    pub f_mode: c_uint,
    pub f_flags: c_uint,
    pub f_pos: loff_t,
    pub private_data: *mut c_void,
}

pub struct file_operations {
    pub owner: *mut module,
    pub llseek: Option<unsafe extern "C" fn(*mut file, loff_t, c_int) -> loff_t>,
    pub read: Option<unsafe extern "C" fn(*mut file, *mut c_char, usize, *mut loff_t) -> isize>,
    pub write: Option<unsafe extern "C" fn(*mut file, *const c_char, usize, *mut loff_t) -> isize>,
    pub read_iter: Option<unsafe extern "C" fn(*mut kiocb, *mut iov_iter) -> isize>,
    pub write_iter: Option<unsafe extern "C" fn(*mut kiocb, *mut iov_iter) -> isize>,
    pub iterate_shared: Option<unsafe extern "C" fn(*mut file, *mut dir_context) -> c_int>,
    pub poll: Option<unsafe extern "C" fn(*mut file, *mut poll_table_struct) -> __poll_t>,
    pub mmap: Option<unsafe extern "C" fn(*mut file, *mut vm_area_struct) -> c_int>,
    pub unlocked_ioctl: Option<unsafe extern "C" fn(*mut file, c_uint, c_ulong) -> c_long>,
    pub compat_ioctl: Option<unsafe extern "C" fn(*mut file, c_uint, c_ulong) -> c_long>,
    pub open: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
    pub flush: Option<unsafe extern "C" fn(*mut file, fl_owner_t) -> c_int>,
    pub release: Option<unsafe extern "C" fn(*mut inode, *mut file) -> c_int>,
    pub fsync: Option<unsafe extern "C" fn(*mut file, loff_t, loff_t, c_int) -> c_int>,
    pub fasync: Option<unsafe extern "C" fn(c_int, *mut file, c_int) -> c_int>,
    pub splice_write: Option<
        unsafe extern "C" fn(*mut pipe_inode_info, *mut file, *mut loff_t, usize, c_uint) -> isize,
    >,
    pub splice_read: Option<
        unsafe extern "C" fn(*mut file, *mut loff_t, *mut pipe_inode_info, usize, c_uint) -> isize,
    >,
    pub show_fdinfo: Option<unsafe extern "C" fn(*mut seq_file, *mut file)>,
}

pub const SEEK_SET: c_uint = 0;
pub const SEEK_CUR: c_uint = 1;
pub const SEEK_END: c_uint = 2;
pub const O_APPEND: c_uint = 0o2000;
pub const O_NONBLOCK: c_uint = 0o4000;
pub const O_DSYNC: c_uint = 0o1_0000;
pub const O_NOATIME: c_uint = 0o100_0000;
pub const O_SYNC: c_uint = 0o401_0000;
pub const KMOD_FMODE_READ: c_uint = 1;
pub const KMOD_FMODE_WRITE: c_uint = 2;
pub const SIGIO: c_uint = 29;
pub const POLL_IN: c_uint = 1;
pub const POLL_OUT: c_uint = 2;
pub const POLL_MSG: c_uint = 3;
pub const POLL_ERR: c_uint = 4;
pub const POLL_PRI: c_uint = 5;
pub const POLL_HUP: c_uint = 6;

/// `RWF_NOWAIT`
pub const KMOD_IOCB_NOWAIT: c_int = 8;

kernel_only! {
    fn default_llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
    fn generic_file_llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
    fn no_seek_end_llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
    fn noop_llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
    fn nonseekable_open(inode: *mut inode, file: *mut file) -> c_int;
    fn stream_open(inode: *mut inode, file: *mut file) -> c_int;
    fn fasync_helper(
        fd: c_int, file: *mut file, on: c_int, list: *mut *mut fasync_struct
    ) -> c_int;
    fn kill_fasync(list: *mut *mut fasync_struct, sig: c_int, band: c_int);
    fn iter_file_splice_write(
        pipe: *mut pipe_inode_info, out: *mut file, pos: *mut loff_t, len: usize, flags: c_uint
    ) -> isize;
    fn kmod_copy_splice_read(
        file: *mut file, pos: *mut loff_t, pipe: *mut pipe_inode_info, len: usize, flags: c_uint
    ) -> isize;
    fn kmod_file_set_nowait(file: *mut file);
    fn fixed_size_llseek(file: *mut file, offset: loff_t, whence: c_int, size: loff_t) -> loff_t;
    fn kmod_file_minor(file: *const file) -> c_uint;
}
