// SPDX-License-Identifier: GPL-2.0-only
//! Mounting: from `mount(2)` to a superblock with a root.

use core::ffi::{c_int, c_ulong};
use core::marker::PhantomData;
use core::mem;

use kmod_bindings as bindings;
use kmod_bindings::{fs_context, fs_context_operations, super_block, super_operations};

use super::ops::Ops;
use super::{FileSystem, FilesystemField, Node};
use crate::error::code::ENODEV;
use crate::instance::Field;
use crate::module::Module;

/// The inode number of a root.
const ROOT_INO: u64 = 1;

/// The C functions that mount the file system in the module's field `F`.
///
/// What they make, a context and then a superblock, holds a reference to the module, so the module
/// is live from [`init_fs_context`](Self::init_fs_context) until the superblock is gone.
pub(super) struct Mount<F>(PhantomData<F>);

impl<F: FilesystemField> Mount<F> {
    const ROOT: &'static Node<F::Type> = &Node::root(<F as Field>::Type::TREE);

    const CONTEXT_OPS: &'static fs_context_operations = &fs_context_operations {
        get_tree: Some(Self::get_tree),
        reconfigure: Some(Self::reconfigure),
        // SAFETY: The rest are pointers to functions, which may be NULL.
        ..unsafe { mem::zeroed() }
    };

    const SUPER_OPS: &'static super_operations = &super_operations {
        statfs: Some(bindings::simple_statfs),
        // SAFETY: The rest are pointers to functions, which may be NULL.
        ..unsafe { mem::zeroed() }
    };

    pub(super) unsafe extern "C" fn init_fs_context(fc: *mut fs_context) -> c_int {
        if !F::Instance::slot().live() {
            return ENODEV.to_errno();
        }
        // SAFETY: The kernel gives a new context.
        unsafe { bindings::kmod_fs_context_init(fc, Self::CONTEXT_OPS) };
        0
    }

    unsafe extern "C" fn get_tree(fc: *mut fs_context) -> c_int {
        // An option `rw` has taken the flag away.
        // SAFETY: The context comes from the kernel.
        unsafe { bindings::kmod_fs_context_keep_rdonly(fc) };
        // SAFETY: The context comes from the kernel, and `fill_super` fills a new superblock.
        unsafe { bindings::get_tree_nodev(fc, Some(Self::fill_super)) }
    }

    unsafe extern "C" fn reconfigure(fc: *mut fs_context) -> c_int {
        // SAFETY: The context comes from the kernel.
        unsafe { bindings::kmod_fs_context_keep_rdonly(fc) };
        0
    }

    unsafe extern "C" fn fill_super(sb: *mut super_block, _fc: *mut fs_context) -> c_int {
        // SAFETY: The superblock is new, and ours to fill.
        unsafe { bindings::kmod_super_init(sb, c_ulong::from(F::MAGIC), Self::SUPER_OPS) };
        // SAFETY: The superblock is one of this file system, and so is the node.
        let root = unsafe { Ops::<F>::new_inode(sb, ROOT_INO, Self::ROOT) };
        // SAFETY: The inode is new and of this superblock, or NULL.
        unsafe { bindings::kmod_super_set_root(sb, root) }
    }
}
