// SPDX-License-Identifier: GPL-2.0-only
//! By what a device's handlers reach it on its bus.

use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::device;

use crate::error::Result;
use crate::error::code::ENODEV;
use crate::instance::{At, Field, Object};

/// What a device is used by, as its bus has it: the type of a field under
/// [`#[bus]`](macro@crate::bus).
///
/// A value that no attribute knows, or whose device is not bound, answers `ENODEV`.
///
/// # Safety
///
/// After [`close`](Handle::close), what is called by the value does not reach the device.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a device is used by",
    label = "the attribute of this field does not fit its type",
    note = "a field under `#[bus]` is of a type like `I2cClient`"
)]
pub unsafe trait Handle: Sized + 'static {
    /// Of no device.
    #[doc(hidden)]
    fn closed() -> Self;

    /// It is that of this device from now on.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device is on another bus.
    ///
    /// # Safety
    ///
    /// The device lives until [`close`](Handle::close) was called and nothing runs any more that was
    /// called by the value before.
    #[doc(hidden)]
    unsafe fn open(&self, device: NonNull<device>) -> Result;

    /// Its device is being taken away: what waits in a call by the value is over soon, as far as the bus can have
    /// it so. May sleep.
    #[doc(hidden)]
    fn shut(&self) {}

    /// It is of no device any more.
    #[doc(hidden)]
    fn close(&self);
}

/// What the kernel has for a device, while it is there.
///
/// # Invariants
///
/// The pointer is null, or what it points to lives until it is null again and nothing runs any more that
/// took it before.
pub(crate) struct Pointer<T>(AtomicPtr<T>);

impl<T> Pointer<T> {
    /// None.
    pub(crate) const fn none() -> Self {
        // INVARIANT: It is null.
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Points to `to`.
    ///
    /// # Errors
    ///
    /// `ENODEV` if that is null.
    ///
    /// # Safety
    ///
    /// If it is not null, it lives until [`clear`](Self::clear) was called and nothing runs any more that
    /// took it before.
    pub(crate) unsafe fn set(&self, to: *mut T) -> Result {
        // INVARIANT: By the caller's promise.
        self.0.store(to, Ordering::Relaxed);
        self.get().map(drop)
    }

    /// Points to nothing.
    pub(crate) fn clear(&self) {
        // INVARIANT: It is null.
        self.0.store(ptr::null_mut(), Ordering::Relaxed);
    }

    /// What it points to, as long as the call runs in which this is asked.
    ///
    /// # Errors
    ///
    /// `ENODEV` if it is nothing.
    pub(crate) fn get(&self) -> Result<*mut T> {
        let to = self.0.load(Ordering::Relaxed);
        if to.is_null() { Err(ENODEV) } else { Ok(to) }
    }
}

/// A field under `#[bus]`.
///
/// # Safety
///
/// All fields of its instance that are objects with callbacks come after it.
pub unsafe trait BusField: Field<Type: Handle> {}

/// The object of a field under `#[bus]`.
pub struct BusObject<F>(PhantomData<fn() -> F>);

impl<F: BusField> BusObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: BusField> Object for BusObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let device = at.parent().and_then(NonNull::new).ok_or(ENODEV)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let handle = unsafe { at.value::<F>() };
        // SAFETY: The device lives while its objects are registered. What is called by the value is called
        // by code inside the instance, of which the sections are drained before `unregister`, and by
        // callbacks of objects that were registered after it (`BusField`'s contract), which are not any
        // more.
        unsafe { handle.open(device) }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        unsafe { at.value::<F>() }.shut();
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        unsafe { at.value::<F>() }.close();
    }
}
