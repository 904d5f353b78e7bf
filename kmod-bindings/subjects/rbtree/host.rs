// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/rbtree.h>`: a search tree that nothing balances.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::c_ulong;
use core::ptr;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct rb_node {
    /// The parent alone: nothing has a colour.
    pub __rb_parent_color: c_ulong,
    pub rb_right: *mut rb_node,
    pub rb_left: *mut rb_node,
}

#[repr(C)]
pub struct rb_root {
    pub rb_node: *mut rb_node,
}

/// What a node refers to.
unsafe fn read(node: *const rb_node) -> rb_node {
    // SAFETY: The caller gives a node of a tree.
    unsafe { *node }
}

unsafe fn parent(node: *const rb_node) -> *mut rb_node {
    // SAFETY: The caller gives a node of a tree.
    let parent = unsafe { read(node) }.__rb_parent_color;
    ptr::with_exposed_provenance_mut(parent as usize)
}

/// Sets the parent of a node, if there is a node.
unsafe fn set_parent(node: *mut rb_node, parent: *mut rb_node) {
    if !node.is_null() {
        // SAFETY: The caller gives a node of a tree.
        unsafe { (*node).__rb_parent_color = parent.expose_provenance() as c_ulong };
    }
}

/// Puts another node, or none, where this one is linked.
unsafe fn replace(node: *mut rb_node, by: *mut rb_node, root: *mut rb_root) {
    // SAFETY: The caller gives a node of this tree.
    let parent = unsafe { parent(node) };
    // SAFETY: The other one is a node of this tree, or NULL.
    unsafe { set_parent(by, parent) };
    if parent.is_null() {
        // SAFETY: The caller gives the tree's root.
        unsafe { (*root).rb_node = by };
        return;
    }
    // SAFETY: It is the parent of a node of this tree (the caller gives one), and so another one.
    if unsafe { read(parent) }.rb_left == node {
        // SAFETY: The parent is a node of this tree.
        unsafe { (*parent).rb_left = by };
    } else {
        // SAFETY: The parent is a node of this tree.
        unsafe { (*parent).rb_right = by };
    }
}

pub unsafe fn kmod_rb_insert(
    node: *mut rb_node,
    parent: *mut rb_node,
    link: *mut *mut rb_node,
    _root: *mut rb_root,
) {
    let new = rb_node {
        __rb_parent_color: parent.expose_provenance() as c_ulong,
        rb_right: ptr::null_mut(),
        rb_left: ptr::null_mut(),
    };
    // SAFETY: The caller gives a new node.
    unsafe { node.write(new) };
    // SAFETY: The caller gives a link of the tree.
    unsafe { link.write(node) };
}

pub unsafe fn rb_erase(node: *mut rb_node, root: *mut rb_root) {
    // SAFETY: The caller gives a node of this tree.
    let mut at = unsafe { read(node) };
    if at.rb_left.is_null() || at.rb_right.is_null() {
        let child = match at.rb_left.is_null() {
            true => at.rb_right,
            false => at.rb_left,
        };
        // SAFETY: The caller gives a node of this tree, and so is its child.
        return unsafe { replace(node, child, root) };
    }
    // SAFETY: It has a right child, and so one that follows.
    let next = unsafe { rb_next(node) };
    // SAFETY: It is a node of this tree, without a left child.
    unsafe { rb_erase(next, root) };
    // SAFETY: The caller gives a node of this tree; that may have changed it.
    at = unsafe { read(node) };
    // SAFETY: `rb_erase` has taken it out of the tree, and left it where it is.
    unsafe { next.write(at) };
    // SAFETY: Both are nodes.
    unsafe { replace(node, next, root) };
    // SAFETY: It is a node of this tree, or NULL.
    unsafe { set_parent(at.rb_left, next) };
    // SAFETY: It is a node of this tree, or NULL, as the left one.
    unsafe { set_parent(at.rb_right, next) };
}

/// The node that follows by `down` first and then `back`: which links these are decides the order.
unsafe fn neighbour(
    node: *const rb_node,
    down: fn(rb_node) -> *mut rb_node,
    back: fn(rb_node) -> *mut rb_node,
) -> *mut rb_node {
    // SAFETY: The caller gives a node of a tree.
    let mut next = down(unsafe { read(node) });
    if next.is_null() {
        let mut child = node.cast_mut();
        loop {
            // SAFETY: It is the node that the caller gives, or one above it in its tree.
            let above = unsafe { parent(child) };
            // SAFETY: It is a node of the tree, if it is one.
            if above.is_null() || down(unsafe { read(above) }) != child {
                return above;
            }
            child = above;
        }
    }
    loop {
        // SAFETY: It is a child of a node of the tree that the caller gives a node of
        // (this function's contract).
        let further = back(unsafe { read(next) });
        if further.is_null() {
            return next;
        }
        next = further;
    }
}

pub unsafe fn rb_next(node: *const rb_node) -> *mut rb_node {
    // SAFETY: The caller gives a node of a tree.
    unsafe { neighbour(node, |node| node.rb_right, |node| node.rb_left) }
}

pub unsafe fn rb_prev(node: *const rb_node) -> *mut rb_node {
    // SAFETY: The caller gives a node of a tree.
    unsafe { neighbour(node, |node| node.rb_left, |node| node.rb_right) }
}
