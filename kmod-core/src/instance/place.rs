// SPDX-License-Identifier: GPL-2.0-only
//! Where an instance is, and how the entry points of its objects get there.

use core::marker::PhantomData;
use core::ptr::NonNull;

use kmod_bindings::file;

use crate::error::Result;
use crate::error::code::ENXIO;
use crate::file::PollTable;
use crate::module::Module;

/// A struct with attributed fields that has a place: a module's, a device's, or an open file's.
///
/// # Safety
///
/// The type is [`Shared`](crate::sync::Shared); that is no bound, for the compiler would then report
/// a field that is not at the struct, too. Only `#[kernel_module]`, `#[device]` and `#[per_open]` implement this;
/// they check each field, and the whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a module nor a device",
    note = "put `#[kernel_module(…)]` or `#[device]` on the struct"
)]
pub unsafe trait Instance: Sized + 'static {
    /// Its place.
    type Place: Place<Self>;
}

/// What an open file keeps of an instance, and how callbacks enter it.
///
/// # Safety
///
/// While a value lives, so does the instance at [`at`](Place::at), where it is. [`enter`](Place::enter)
/// calls its argument only while the instance's objects and what its fields stand for are there.
pub unsafe trait Place<I>: Sized + 'static {
    /// The place of the device whose file is being opened.
    ///
    /// # Errors
    ///
    /// `ENXIO` if it is not live yet, `ENODEV` if it is not any more.
    ///
    /// # Safety
    ///
    /// The kernel calls `open` with this file, of an object of such an instance.
    unsafe fn opening(file: *mut file) -> Result<Self>;

    /// Where the instance is.
    fn at(&self) -> NonNull<I>;

    /// Whether files of the instance may be opened.
    ///
    /// # Errors
    ///
    /// `ENXIO` if it is not live yet, `ENODEV` if it is not any more.
    ///
    /// # Safety
    ///
    /// `at` is an instance of this kind, and a callback of one of its objects runs.
    unsafe fn live(at: NonNull<I>) -> Result;

    /// Calls `f` inside the instance. Process context, if it is a device's.
    ///
    /// # Errors
    ///
    /// `ENODEV` if it is closed: `f` is not called.
    ///
    /// # Safety
    ///
    /// `at` is an instance of this kind that lives for `'a`; and for as long as the call runs, a
    /// callback of one of its objects does.
    unsafe fn enter<'a, R>(at: NonNull<I>, f: impl FnOnce(&'a I) -> R) -> Result<R>
    where
        I: 'a;

    /// Has a poll told when the instance is taken away.
    fn poll<'a>(&'a self, table: &mut PollTable<'a>);
}

/// The place of a module: its [`ModuleSlot`](crate::module::ModuleSlot), whose address the compiler
/// knows. It takes no room, and to enter costs nothing: while a callback runs, the kernel keeps the
/// module.
pub struct Static<M>(PhantomData<fn() -> M>);

// SAFETY: The module's slot is static. Its callbacks run only while its objects are registered, or,
// for those that hold a reference to the module, while it cannot be unloaded.
unsafe impl<M: Module> Place<M> for Static<M> {
    #[inline(always)]
    unsafe fn opening(_file: *mut file) -> Result<Self> {
        // SAFETY: The module has one instance, of which a file is being opened (the caller's promise).
        unsafe { Self::live(M::slot().at()) }?;
        Ok(Self(PhantomData))
    }

    #[inline(always)]
    fn at(&self) -> NonNull<M> {
        M::slot().at()
    }

    #[inline(always)]
    unsafe fn live(_at: NonNull<M>) -> Result {
        match M::slot().live() {
            true => Ok(()),
            false => Err(ENXIO),
        }
    }

    #[inline(always)]
    unsafe fn enter<'a, R>(_at: NonNull<M>, f: impl FnOnce(&'a M) -> R) -> Result<R>
    where
        M: 'a,
    {
        // SAFETY: A callback of one of the module's objects runs (the caller's promise).
        Ok(f(unsafe { M::slot().get() }))
    }

    #[inline(always)]
    fn poll<'a>(&'a self, _table: &mut PollTable<'a>) {}
}
