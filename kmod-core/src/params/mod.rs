// SPDX-License-Identifier: GPL-2.0-only
//! Module parameters: the statics behind `params(...)` of `#[kernel_module]`.
//!
//! Text is parsed by the kernel's own `param_ops_*`, so that `insmod` takes, and refuses, what it
//! takes of a C module. A value that is refused is logged with the rule that refused it.
//!
//! | type | kernel's kind | errors of `insmod` |
//! |---|---|---|
//! | `bool` | `bool`; the bare name means true | EINVAL |
//! | `u8` `i16` `u16` `i32` `u32` | `byte` `short` `ushort` `int` `uint` | EINVAL, ERANGE when it does not fit |
//! | `i64` `isize` `usize` `u64` | `long` `long` `ulong` `ullong` | the same |
//! | `i8` | none; parsed by `kstrtos8()` | the same |
//! | `NonZeroU8` and its kin | none; parsed by `kstrto*()` | the same, and EINVAL for 0 |
//! | `&CStr` | `charp` | ENOSPC above 1,024 bytes |
//! | `&str` | `charp` | the same, and EINVAL when it is not UTF-8 |
//!
//! Outside of its `range` a number is refused with EINVAL, as `param_set_uint_minmax()` does.
//!
//! The kernel makes the parameters' files in sysfs before `init` runs and removes them after
//! `exit`: what is here touches nothing but the parameter itself.

mod array;
mod cell;
mod custom;
mod kept;
mod nonzero;
mod number;
mod plain;
mod string;
mod strings;
#[cfg(test)]
mod tests;
mod text;

pub use crate::value::Setting;
pub use array::{Array, ParamArray};
pub use cell::{Fixed, Live, Locked, OnChange, ParamCell, with_live};
pub(crate) use cell::{catch_up, forget, settle};
pub use custom::{Custom, ParamValue, ParamWriter};
pub use number::{Bint, HexInt, InvBool, Number};
pub use plain::Plain;
pub use string::{Chars, ParamText, Text};
pub use strings::{ParamTexts, Texts};

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int, c_void};

use kmod_bindings::{kernel_param, kernel_param__bindgen_ty_1, kernel_param_ops};

/// A type that a parameter can have.
///
/// # Safety
/// [`TABLE`](ParamType::TABLE) leaves every [`Param`] of this type valid.
#[diagnostic::on_unimplemented(
    message = "a module parameter cannot be of type `{Self}`",
    note = "the types are `bool`, the integers up to 64 bits, `&str` and `&CStr`"
)]
pub unsafe trait ParamType: Sized + 'static {
    /// What is stored.
    type Raw;
    /// The least and the greatest value are of this type.
    type Bound: Copy;
    /// What code reads.
    type Value;
    /// Whether it may change after the module was loaded.
    const WRITABLE: bool = true;
    /// What the kernel calls.
    const TABLE: &'static Table;

    /// The value in `cell`, which is one of a [`Param`] of this type.
    ///
    /// # Safety
    /// It is.
    unsafe fn load(cell: &UnsafeCell<Self::Raw>) -> Self::Value;
}

/// What the functions that the kernel calls must know of a parameter's type.
#[repr(C)]
pub struct Kind {
    /// The kernel's way to such a value.
    base: *const kernel_param_ops,
    /// The type's name, ended by a NUL.
    name: [u8; 6],
    /// The size of a number.
    size: u8,
    /// A number has a sign; a text must be UTF-8.
    special: bool,
}

impl Kind {
    const fn new(base: *const kernel_param_ops, name: &str, size: usize, special: bool) -> Self {
        let mut kind = Kind {
            base,
            name: [0; 6],
            size: size as u8,
            special,
        };
        let bytes = name.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            kind.name[i] = bytes[i];
            i += 1;
        }
        assert!(bytes.len() < kind.name.len());
        kind
    }
}

/// The functions for a type, which find by their place what they must know of it.
#[repr(C)]
pub struct Table {
    ops: kernel_param_ops,
    kind: Kind,
}

impl Table {
    /// As the entries have it.
    const fn ops(&'static self) -> *const kernel_param_ops {
        (&raw const *self).cast()
    }
}

/// A parameter: its value and its range.
///
/// # Invariants
/// The value is written only by the kernel, by way of `T::TABLE`, with the parameter lock held.
#[repr(C)]
pub struct Param<T: ParamType> {
    value: UnsafeCell<T::Raw>,
    range: [T::Bound; 2],
}

// SAFETY: Numbers are read and written atomically; text is written only by `insmod`, while no other
// thread can run the module's code.
unsafe impl<T: ParamType> Sync for Param<T> {}

/// What a [`KernelParam`] can point to.
///
/// # Safety
/// `OPS` are the functions for a `Self` at the entry's `arg`.
pub unsafe trait Parameter: Sync + 'static {
    /// What the kernel calls.
    const OPS: *const kernel_param_ops;
    /// Whether it may change after the module was loaded.
    const WRITABLE: bool;
}

// SAFETY: As `ParamType` promises.
unsafe impl<T: ParamType> Parameter for Param<T> {
    const OPS: *const kernel_param_ops = T::TABLE.ops();
    const WRITABLE: bool = T::WRITABLE;
}

impl<T: ParamType> Param<T> {
    /// The value that it has now.
    #[inline]
    pub fn get(&self) -> T::Value {
        // SAFETY: It is the cell of a `Param` of this type.
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
    ///
    /// # Panics
    /// If `perm` lets something be written to which the module holds references; at compile time,
    /// since it stands in a static.
    pub const fn new<P: Parameter>(name: &'static CStr, param: &'static P, perm: u16) -> Self {
        assert!(P::WRITABLE || perm & 0o222 == 0);
        Self(kernel_param {
            name: name.as_ptr(),
            mod_: (&raw const kmod_bindings::__this_module).cast_mut(),
            ops: P::OPS,
            perm,
            level: -1,
            flags: 0,
            __bindgen_anon_1: kernel_param__bindgen_ty_1 {
                arg: (&raw const *param).cast_mut().cast(),
            },
        })
    }

    /// What `module_param_unsafe()` makes: setting it taints the kernel.
    pub const fn taints(mut self) -> Self {
        self.0.flags |= kmod_bindings::KERNEL_PARAM_FL_UNSAFE as u8;
        self
    }

    /// What `module_param_hw()` makes: a locked-down kernel refuses to set it.
    pub const fn hw(mut self) -> Self {
        self.0.flags |= kmod_bindings::KERNEL_PARAM_FL_HWPARAM as u8;
        self
    }
}

/// What kind of parameter an entry is for, and the kernel's functions for it.
///
/// # Safety
/// [`KernelParam::new`] made it, with the operations of a [`Table`].
#[inline(always)]
unsafe fn kind<'a>(kp: *const kernel_param) -> (&'a Kind, &'a kernel_param_ops) {
    // SAFETY: The caller's entry.
    let ops = unsafe { (*kp).ops };
    // SAFETY: They are those of a table.
    let kind = unsafe { &(*ops.cast::<Table>()).kind };
    // SAFETY: It is one of the kernel's statics.
    (kind, unsafe { &*kind.base })
}

/// Where the value is.
///
/// # Safety
/// [`KernelParam::new`] made the entry.
#[inline(always)]
unsafe fn arg(kp: &kernel_param) -> *mut u8 {
    // SAFETY: `new` sets `arg`.
    unsafe { kp.__bindgen_anon_1.arg }.cast()
}

/// The entry with `arg` for the parameter.
#[inline(always)]
fn with(kp: &kernel_param, arg: *mut c_void) -> kernel_param {
    kernel_param {
        __bindgen_anon_1: kernel_param__bindgen_ty_1 { arg },
        ..*kp
    }
}

/// The kernel's `set`, with `arg` for the parameter.
///
/// # Safety
/// `ops` is one of the kernel's statics, and `arg` what it takes; `val` is as the kernel passed it.
#[inline(always)]
unsafe fn kernel_set(
    ops: *const kernel_param_ops,
    val: *const c_char,
    kp: &kernel_param,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: `ops` is one of the kernel's statics (this function's contract).
    match unsafe { &*ops }.set {
        // SAFETY: `arg` is what it takes, and `val` as the kernel passed it (this function's
        // contract).
        Some(set) => unsafe { set(val, &with(kp, arg)) },
        None => 0,
    }
}

/// The kernel's `get`, with `arg` for the parameter.
///
/// # Safety
/// `ops` is one of the kernel's statics, and `arg` what it takes; `buffer` is a page in which the
/// value has room.
#[inline(always)]
unsafe fn kernel_get(
    ops: *const kernel_param_ops,
    buffer: *mut c_char,
    kp: &kernel_param,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: `ops` is one of the kernel's statics (this function's contract).
    match unsafe { &*ops }.get {
        // SAFETY: `arg` is what it takes, and the value has room in `buffer` (this function's
        // contract).
        Some(get) => unsafe { get(buffer, &with(kp, arg)) },
        None => 0,
    }
}

/// Shows the value in sysfs, as the kernel shows such a value.
///
/// # Safety
/// As [`kind`]; the value is where the kernel looks for it, and `buffer` is a page.
unsafe extern "C" fn get(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The entry is one as `kind` demands (this function's contract).
    let (_, ops) = unsafe { kind(kp) };
    // SAFETY: The kernel's arguments.
    ops.get.map_or(0, |get| unsafe { get(buffer, kp) })
}
