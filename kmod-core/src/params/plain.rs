// SPDX-License-Identifier: GPL-2.0-only
//! Numbers of which every value is taken: what C has, and a line in the log for what is refused.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::{Number, Parameter, Table, kind};

/// A number, on which the kernel's functions work in its place.
#[repr(transparent)]
pub struct Plain<T: Number>(UnsafeCell<T::Int>);

// SAFETY: It is read atomically, and written at once: by the kernel, with the parameter lock held.
unsafe impl<T: Number> Sync for Plain<T> {}

impl<T: Number> Plain<T> {
    const TABLE: &'static Table = &Table {
        ops: kernel_param_ops {
            set: Some(set),
            ..T::TABLE.ops
        },
        kind: T::KIND,
    };

    /// A parameter that takes every value of its type.
    pub const fn new(_name: &'static CStr, default: T::Int) -> Self {
        Self(UnsafeCell::new(default))
    }

    /// The value that it has now.
    #[inline]
    pub fn get(&self) -> T::Int {
        // SAFETY: It is written as a `Param`'s is, by the same functions of the kernel's.
        unsafe { T::load(&self.0) }
    }
}

// SAFETY: They hand on to the kernel's functions for the number at `arg`.
unsafe impl<T: Number> Parameter for Plain<T> {
    const OPS: *const kernel_param_ops = Self::TABLE.ops();
    const WRITABLE: bool = T::WRITABLE;
}

/// # Safety
/// The kernel calls it for an entry as [`kind`] demands; `val` is a C string, or NULL for a `bool`.
unsafe extern "C" fn set(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel calls it for an entry as `kind` demands (this function's contract).
    let (kind, ops) = unsafe { kind(kp) };
    // SAFETY: The kernel's arguments, for a number of this kind.
    let ret = ops.set.map_or(0, |set| unsafe { set(val, kp) });
    if ret < 0 {
        // SAFETY: The caller's entry.
        let kp = unsafe { &*kp };
        // SAFETY: The caller's text.
        unsafe { kind.refuse(kp, val) };
    }
    ret
}
