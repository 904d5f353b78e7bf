// SPDX-License-Identifier: GPL-2.0-only
//! Objects that are a field's value themselves: the kernel's struct lies in the instance.
//!
//! Timers are such objects, and so is what a crate outside of this one brings: a type that
//! implements [`FieldObject`] is registered and taken back with the instance of which a field under
//! `#[object]` holds it.

use core::marker::PhantomData;
use core::ptr::NonNull;

use super::{At, Field, Instance, Object, Place};
use crate::error::Result;

/// A type of which a value is a kernel object of the instance `I` that it is a field of.
///
/// What the kernel calls finds the instance by [`enter`] or [`instance_of`], which take the field's
/// address: no callback needs a global.
///
/// # Safety
///
/// [`register`](FieldObject::register), [`close`](FieldObject::close) and
/// [`unregister`](FieldObject::unregister) do what [`Object`]'s functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kernel object that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a timer is `#[timer] name: Timer<Handler>`; another crate's object is a type that implements \
            `FieldObject`, under `#[object]`"
)]
pub unsafe trait FieldObject<I: Instance>: Sized + 'static {
    /// Makes it known to the kernel, as the field `F` of its instance.
    ///
    /// # Errors
    ///
    /// As [`Object::register`].
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn register<F: Field<Instance = I, Type = Self>>(&self) -> Result;

    /// Shuts its gate, if it has one. It waits for nobody but those who are on the way through. May sleep.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn close(&self) {}

    /// Takes it back, and waits for its callbacks.
    ///
    /// # Safety
    ///
    /// It is registered, and was closed.
    unsafe fn unregister(&self);
}

/// A field of which the value is an object.
pub trait ObjectField: Field<Type: FieldObject<Self::Instance>> {}

/// The object that a field's value is.
pub struct Embedded<F>(PhantomData<fn() -> F>);

impl<F: Field> Embedded<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `FieldObject`, whose contract is this one's.
unsafe impl<F: ObjectField> Object for Embedded<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is this field of it, and not registered (the caller's promise).
        unsafe { value.register::<F>() }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { value.close() };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is registered and closed (the caller's promise).
        unsafe { value.unregister() };
    }
}

/// Where the instance is of which the value at `value` is the field `F`.
fn instance_at<F: Field>(value: NonNull<F::Type>) -> *mut F::Instance {
    value.as_ptr().wrapping_byte_sub(F::OFFSET).cast()
}

/// The instance of which the value at `value` is the field `F`: for callbacks that must not sleep,
/// for which their object's [`unregister`](FieldObject::unregister) waits.
///
/// # Safety
///
/// The value is registered as the field `F`, and a callback of it runs during all of `'a`.
pub unsafe fn instance_of<'a, F: Field>(value: NonNull<F::Type>) -> &'a F::Instance {
    // SAFETY: The instance is around its field, and lives as long as its objects are registered.
    unsafe { &*instance_at::<F>(value) }
}

/// Calls `f` inside the instance of which the value at `value` is the field `F`: for callbacks that
/// may sleep. While `f` runs, whatever the instance's fields stand for is there; when the instance
/// closes, its sleep in a [`WaitQueue`](crate::sync::WaitQueue) ends.
///
/// # Errors
///
/// `ENODEV` if the instance is closing: `f` is not called.
///
/// # Safety
///
/// The value is registered as the field `F`, and a callback of it runs, in process context, until
/// this returns.
pub unsafe fn enter<'a, F: Field, R>(
    value: NonNull<F::Type>,
    f: impl FnOnce(&'a F::Instance, &'a F::Type) -> R,
) -> Result<R>
where
    F::Instance: 'a,
{
    let instance = instance_at::<F>(value);
    // SAFETY: It is around its field, which is at no null pointer.
    let at = unsafe { NonNull::new_unchecked(instance) };
    // SAFETY: The instance lives as long as its objects are registered, and a callback of one runs.
    unsafe {
        <F::Instance as Instance>::Place::enter(at, |instance: &'a F::Instance| {
            f(instance, super::field::<F>(instance))
        })
    }
}
