// SPDX-License-Identifier: GPL-2.0-only
//! Module parameters: the statics behind `params(...)` of `#[kernel_module]`.
//!
//! Text is parsed by the kernel's own `param_set_*`, so that `insmod` takes, and refuses, what it
//! takes of a C module. A value that is refused is logged with the rule that refused it.
//!
//! | type | kernel's kind | errors of `insmod` |
//! |---|---|---|
//! | `bool` | `bool`; the bare name means true | EINVAL |
//! | `u8` `i16` `u16` `i32` `u32` | `byte` `short` `ushort` `int` `uint` | EINVAL, ERANGE when it does not fit |
//! | `i64` `isize` `usize` `u64` | `long` `long` `ulong` `ullong` | the same |
//! | `i8` | none; parsed by `kstrtos8()` | the same |
//! | `&CStr` | `charp` | ENOSPC above 1,024 bytes |
//! | `&str` | `charp` | the same, and EINVAL when it is not UTF-8 |
//!
//! Outside of its `range` a number is refused with EINVAL, as `param_set_uint_minmax()` does.
//!
//! The kernel makes the parameters' files in sysfs before `init` runs and removes them after
//! `exit`: what is here touches nothing but the parameter itself.

mod number;
#[cfg(test)]
mod tests;
mod text;

use core::cell::UnsafeCell;
use core::ffi::CStr;

use kmod_bindings::{kernel_param, kernel_param__bindgen_ty_1, kernel_param_ops};

/// A type that a parameter can have.
///
/// # Safety
/// [`OPS`](ParamType::OPS) reads and writes a [`Param`] of this type, and leaves it valid. `Raw` is
/// `&'static CStr` if `UTF8` is set.
#[diagnostic::on_unimplemented(
    message = "a module parameter cannot be of type `{Self}`",
    note = "the types are `bool`, the integers up to 64 bits, `&str` and `&CStr`"
)]
pub unsafe trait ParamType: Sized + 'static {
    /// What is stored.
    type Raw: Copy + Send + Sync;
    /// The least and the greatest value are of this type.
    type Bound: Copy + Send + Sync;
    /// The least value of the type.
    const MIN: Self::Bound;
    /// The greatest value of the type.
    const MAX: Self::Bound;
    /// Whether the value must be UTF-8.
    const UTF8: bool = false;
    /// The kernel's way to it.
    const OPS: *const kernel_param_ops;

    /// The value in `cell`.
    ///
    /// # Safety
    /// It is the cell of a [`Param`] of this type.
    unsafe fn load(cell: &UnsafeCell<Self::Raw>) -> Self;
}

/// A parameter: its value and its range.
///
/// # Invariants
/// The value is written only by the kernel, through `OPS`, with the parameter lock held.
// The kernel's `param_get_*` find the value at the beginning; `number` finds the bounds behind it.
#[repr(C)]
pub struct Param<T: ParamType> {
    value: UnsafeCell<T::Raw>,
    min: T::Bound,
    max: T::Bound,
}

// SAFETY: Numbers are read and written atomically; text is written only before the module's code
// runs.
unsafe impl<T: ParamType> Sync for Param<T> {}

impl<T: ParamType> Param<T> {
    /// A parameter that takes every value of its type.
    ///
    /// # Panics
    /// For `&str`, if the default is not UTF-8; at compile time, since it stands in a static.
    pub const fn new(name: &'static CStr, default: T::Raw) -> Self {
        Self::with_range(name, default, T::MIN, T::MAX)
    }

    /// A parameter that takes the values from `min` to `max`.
    ///
    /// # Panics
    /// As [`new`](Param::new).
    pub const fn with_range(
        _name: &'static CStr,
        default: T::Raw,
        min: T::Bound,
        max: T::Bound,
    ) -> Self {
        if T::UTF8 {
            assert!(text::default::<T>(default).to_str().is_ok());
        }
        Self {
            value: UnsafeCell::new(default),
            min,
            max,
        }
    }

    /// The value that it has now.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: It is the cell of a `Param` of this type. The kernel replaces only what a
        // `KernelParam` names, which is in a static; elsewhere it is the default.
        unsafe { T::load(&self.value) }
    }
}

/// An entry of the section `__param`, by which the kernel finds a [`Param`].
#[repr(transparent)]
pub struct KernelParam(kernel_param);

// SAFETY: The kernel only reads it, and its pointers are to statics.
unsafe impl Sync for KernelParam {}

impl KernelParam {
    /// What `module_param()` makes of a variable.
    pub const fn new<T: ParamType>(
        name: &'static CStr,
        param: &'static Param<T>,
        perm: u16,
    ) -> Self {
        Self(kernel_param {
            name: name.as_ptr(),
            mod_: (&raw const kmod_bindings::__this_module).cast_mut(),
            ops: T::OPS,
            perm,
            level: -1,
            flags: 0,
            __bindgen_anon_1: kernel_param__bindgen_ty_1 {
                arg: (&raw const *param).cast_mut().cast(),
            },
        })
    }
}
