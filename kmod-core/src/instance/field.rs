// SPDX-License-Identifier: GPL-2.0-only
//! How generated code describes an attributed field, and what a handler in it may reach.

use core::ptr;

use super::Instance;
use crate::module::Module;

/// An attributed field of an instance.
///
/// # Safety
///
/// [`Instance`](Field::Instance) has a field, itself and not by way of `Deref`, of which the type is
/// exactly [`Type`](Field::Type), [`OFFSET`](Field::OFFSET) bytes into it. No two implementations
/// that register an object are of the same field.
pub unsafe trait Field: 'static {
    /// The struct.
    type Instance: Instance;
    /// The field's type.
    type Type: 'static;
    /// How far into the struct the field is, in bytes.
    const OFFSET: usize;
}

/// The field of an instance.
#[inline(always)]
pub(crate) fn field<F: Field>(instance: &F::Instance) -> &F::Type {
    let field = ptr::from_ref(instance).wrapping_byte_add(F::OFFSET);
    // SAFETY: The instance has a field of this type there (`Field`'s contract).
    unsafe { &*field.cast() }
}

/// The offset of a field, of which `field` tells the type.
pub const fn offset<I, T>(field: fn(&I) -> *const T, offset: usize) -> usize {
    let _ = field;
    offset
}

/// A module that can hand out an `M`: itself, or `()` for code that any module may use.
#[diagnostic::on_unimplemented(
    message = "a handler with `type Module = {M}` is a field of the module `{Self}`",
    note = "write `type Module = {Self};` in its `impl`, or leave the line out"
)]
pub trait Provides<M: 'static> {}

/// An instance that can hand out an `I`: itself, or `()` for code that any instance may use.
#[diagnostic::on_unimplemented(
    message = "a handler with `type Instance = {I}` is a field of `{Self}`",
    note = "write `type Instance = {Self};` in its `impl`, or leave the line out"
)]
pub trait Belongs<I: 'static> {
    /// The `I`.
    fn instance(&self) -> &I;
}

/// What a handler can name as its `type Module`: the crate's module, or `()` for none.
///
/// # Safety
///
/// A module that is linked into a `.ko` is the only one there: its [`Module`]'s contract.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kernel module",
    label = "`type Module` is the struct under `#[kernel_module]`",
    note = "write `type Module = …;` with that struct, or leave the line out"
)]
pub unsafe trait ModuleState: Sized + 'static {
    /// The module's state.
    ///
    /// # Safety
    ///
    /// Only within callbacks of registered objects of the module, its devices or its open files, and
    /// only for as long as the callback runs.
    unsafe fn state<'a>() -> &'a Self;
}

// SAFETY: There is no state.
unsafe impl ModuleState for () {
    #[inline(always)]
    unsafe fn state<'a>() -> &'a Self {
        &()
    }
}

// SAFETY: It is the crate's module.
#[diagnostic::do_not_recommend]
unsafe impl<M: Module> ModuleState for M {
    #[inline(always)]
    unsafe fn state<'a>() -> &'a Self {
        // SAFETY: This is within such a callback (the caller's promise). Objects of devices are
        // registered only while the driver is, which is an object of the module; those of an open file while
        // it is open, which it has become when the module was live, and keeps it.
        unsafe { M::slot().get() }
    }
}
