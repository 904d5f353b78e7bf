// SPDX-License-Identifier: GPL-2.0-only
//! The inodes of a mounted tree, and what their files do.

use core::ffi::{c_char, c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::{mem, ptr, slice};

use kmod_bindings as bindings;
use kmod_bindings::{
    dentry, dir_context, file, file_operations, inode, inode_operations, kmod_inode_info, loff_t,
    seq_file, super_block, umode_t,
};

use super::node::{Kind, NAME_MAX, Node};
use super::{FileSystem, FilesystemField};
use crate::error::Error;
use crate::error::code::{EINVAL, ENAMETOOLONG, ENOMEM};
use crate::file::at_position;
use crate::instance::ModuleState;
use crate::module::Module;
use crate::seq_file::SeqFile;
use crate::uaccess::UserWriter;

const DIR_MODE: umode_t = 0o040_000 | 0o555;
const FILE_MODE: umode_t = 0o100_000 | 0o444;

/// The positions of a folder's file that `.` and `..` take.
const DOTS: loff_t = 2;

/// The C functions for the file system in the module's field `F`.
///
/// All of them are called for inodes that [`new_inode`](Self::new_inode) made: the private pointer
/// of each is its static [`Node`], and its superblock keeps the module live.
pub(super) struct Ops<F>(PhantomData<F>);

impl<F: FilesystemField> Ops<F> {
    const DIR_INODE: &'static inode_operations = &inode_operations {
        lookup: Some(Self::lookup),
        // SAFETY: The rest are pointers to functions, which may be NULL.
        ..unsafe { mem::zeroed() }
    };

    const DIR: &'static file_operations = &file_operations {
        read: Some(bindings::generic_read_dir),
        llseek: Some(bindings::generic_file_llseek),
        iterate_shared: Some(Self::iterate_shared),
        ..Self::OWNED
    };

    const FILE: &'static file_operations = &file_operations {
        read: Some(Self::read_file),
        llseek: Some(bindings::generic_file_llseek),
        ..Self::OWNED
    };

    const SHOW: &'static file_operations = &file_operations {
        open: Some(Self::open_show),
        read: Some(bindings::seq_read),
        llseek: Some(bindings::seq_lseek),
        release: Some(bindings::single_release),
        ..Self::OWNED
    };

    const OWNED: file_operations = file_operations {
        owner: (&raw const bindings::__this_module).cast_mut(),
        // SAFETY: The rest are integers and pointers to functions, which may be zero.
        ..unsafe { mem::zeroed() }
    };

    /// A new inode for a node, or NULL.
    ///
    /// # Safety
    ///
    /// `sb` is a superblock of this file system.
    pub(super) unsafe fn new_inode(
        sb: *mut super_block,
        ino: u64,
        node: &'static Node<F::Type>,
    ) -> *mut inode {
        let (mode, op, fop) = match &node.kind {
            Kind::File(_) => (FILE_MODE, ptr::null(), Self::FILE),
            Kind::Show(_) => (FILE_MODE, ptr::null(), Self::SHOW),
            Kind::Dir(_) => (DIR_MODE, ptr::from_ref(Self::DIR_INODE), Self::DIR),
        };
        let info = kmod_inode_info {
            ino,
            // An object in memory is never longer than `isize::MAX`.
            size: node.content().len() as loff_t,
            mode,
            nlink: node.links(),
            op,
            fop,
            private: ptr::from_ref(node).cast(),
        };
        // SAFETY: `sb` is a superblock of this file system (this function's contract); what `info`
        // points to is static.
        unsafe { bindings::kmod_inode_new(sb, &info) }
    }

    /// The node of an inode.
    ///
    /// # Safety
    ///
    /// `inode` is one of this file system's.
    unsafe fn node(inode: *const inode) -> &'static Node<F::Type> {
        // SAFETY: The inode lives, for the caller has it.
        let node = unsafe { bindings::kmod_inode_private(inode) }.cast::<Node<F::Type>>();
        // SAFETY: `new_inode` put a static node there.
        unsafe { &*node }
    }

    /// The node of an open file.
    ///
    /// # Safety
    ///
    /// `file` is an open file of this file system.
    unsafe fn file_node(file: *const file) -> &'static Node<F::Type> {
        // SAFETY: The file is open, for the caller has it.
        let inode = unsafe { bindings::kmod_file_inode(file) };
        // SAFETY: It is the inode of a file of ours.
        unsafe { Self::node(inode) }
    }

    unsafe extern "C" fn lookup(
        dir: *mut inode,
        dentry: *mut dentry,
        _flags: c_uint,
    ) -> *mut dentry {
        let mut len = 0;
        // SAFETY: The kernel gives a dentry whose name does not change during the call.
        let name = unsafe { bindings::kmod_dentry_name(dentry, &mut len) };
        // SAFETY: The name has `len` bytes.
        let name = unsafe { slice::from_raw_parts(name, len) };
        if name.len() > NAME_MAX {
            return err_ptr(ENAMETOOLONG);
        }
        // SAFETY: The kernel gives a folder of this file system.
        let node = unsafe { Self::node(dir) };
        // SAFETY: The folder lives, for the kernel has it.
        let ino = unsafe { bindings::kmod_inode_ino(dir) };
        let found = node
            .numbered(ino)
            .find(|(_, node)| node.name().as_bytes() == name);
        let inode = match found {
            None => ptr::null_mut(),
            Some((ino, node)) => {
                // SAFETY: The folder lives, and so does its superblock.
                let sb = unsafe { bindings::kmod_inode_sb(dir) };
                // SAFETY: It is a superblock of this file system.
                let inode = unsafe { Self::new_inode(sb, ino, node) };
                if inode.is_null() {
                    return err_ptr(ENOMEM);
                }
                inode
            }
        };
        // SAFETY: The dentry is the one to be looked up; the inode is new, or NULL for "no such
        // file".
        unsafe { bindings::d_splice_alias(inode, dentry) }
    }
    unsafe extern "C" fn iterate_shared(file: *mut file, ctx: *mut dir_context) -> c_int {
        // SAFETY: The kernel gives an open folder and the context of this call.
        if !unsafe { bindings::kmod_dir_emit_dots(file, ctx) } {
            return 0;
        }
        // SAFETY: The kernel gives an open folder of this file system.
        let node = unsafe { Self::file_node(file) };
        // SAFETY: The kernel gives an open folder of this file system.
        let inode = unsafe { bindings::kmod_file_inode(file) };
        // SAFETY: The file keeps its inode.
        let ino = unsafe { bindings::kmod_inode_ino(inode) };
        // SAFETY: The context is the call's own.
        let pos = unsafe { (*ctx).pos };
        let Ok(done) = usize::try_from(pos - DOTS) else {
            return EINVAL.to_errno();
        };
        for (ino, node) in node.numbered(ino).skip(done) {
            let name = node.name();
            // SAFETY: The context is the call's own, and the name has this length, which is at
            // most NAME_MAX.
            let more = unsafe {
                bindings::kmod_dir_emit(
                    ctx,
                    name.as_ptr().cast(),
                    name.len() as c_int,
                    ino,
                    node.dirent_type(),
                )
            };
            if !more {
                break;
            }
            // SAFETY: The context is the call's own.
            unsafe { (*ctx).pos += 1 };
        }
        0
    }

    unsafe extern "C" fn read_file(
        file: *mut file,
        buf: *mut c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives an open file of this file system.
        let node = unsafe { Self::file_node(file) };
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut to = unsafe { UserWriter::new(buf.cast(), len) };
        let transfer = |pos| to.write_from(node.content(), pos);
        // SAFETY: The kernel gives the call's own position, since the file is no stream.
        at_position(unsafe { &mut *ppos }, transfer)
    }

    unsafe extern "C" fn open_show(_inode: *mut inode, file: *mut file) -> c_int {
        // SAFETY: The kernel gives a file of this file system that it is opening.
        let node = unsafe { Self::file_node(file) };
        let node: *const Node<F::Type> = node;
        // SAFETY: The kernel gives a file that it is opening; `show` gets the node, which is
        // static.
        unsafe { bindings::single_open(file, Some(Self::show), node.cast_mut().cast()) }
    }

    unsafe extern "C" fn show(file: *mut seq_file, _v: *mut c_void) -> c_int {
        // SAFETY: The kernel gives the seq_file that `single_open` made.
        let node = unsafe { (*file).private }.cast::<Node<F::Type>>();
        // SAFETY: `open_show` put a static node there.
        let node = unsafe { &*node };
        let Kind::Show(show) = node.kind else {
            return EINVAL.to_errno();
        };
        // SAFETY: The file is open, so its mount keeps the module live.
        let module = unsafe { F::Instance::slot().get() };
        // SAFETY: The kernel gives the file for the time of this call.
        let mut to = unsafe { SeqFile::new(file) };
        // SAFETY: The file is open, so its mount keeps the module live; the reference does not leave the
        // call.
        let state = unsafe { <F::Type as FileSystem>::Module::state() };
        match show(crate::instance::field::<F>(module), state, &mut to) {
            Ok(()) => 0,
            Err(error) => error.to_errno(),
        }
    }
}

/// The pointer that C's `ERR_PTR()` makes.
fn err_ptr<T>(error: Error) -> *mut T {
    ptr::without_provenance_mut(error.to_errno() as isize as usize)
}
