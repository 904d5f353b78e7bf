// SPDX-License-Identifier: GPL-2.0-only
//! What a kernel object does when its instance comes and goes.

use core::hint;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::{Bound, Field, field};
use crate::error::Result;

/// Where the instance of an object is.
#[derive(Clone, Copy)]
pub struct At {
    /// The struct.
    pub(crate) instance: NonNull<()>,
    /// What it is bound to, if it is a device's.
    pub(crate) bound: Option<NonNull<Bound>>,
}

impl At {
    /// The struct.
    ///
    /// # Safety
    ///
    /// It is an `I`, and placed during `'a`.
    pub(crate) unsafe fn instance<'a, I>(&self) -> &'a I {
        // SAFETY: It is one, and lives (this function's contract).
        unsafe { self.instance.cast().as_ref() }
    }

    /// Which one of its driver's devices it is, if it is one.
    pub(crate) fn index(&self) -> u32 {
        // SAFETY: What an instance is bound to is there while it is placed, which it is while somebody
        // has the value.
        self.bound
            .map_or(0, |bound| unsafe { bound.as_ref() }.index)
    }

    /// The kernel's device that it is bound to, if it is one's.
    pub(crate) fn parent(&self) -> Option<*mut bindings::device> {
        // SAFETY: As in `index`.
        self.bound.map(|bound| unsafe { bound.as_ref() }.parent)
    }

    /// Its field `F`.
    ///
    /// # Safety
    ///
    /// It is the instance of which `F` is a field, and placed during `'a`.
    pub(crate) unsafe fn value<'a, F: Field>(&self) -> &'a F::Type {
        // SAFETY: It is that instance, and lives (this function's contract).
        field::<F>(unsafe { self.instance() })
    }
}

/// A kernel object that belongs to an instance: a device, a sysctl, a file system, a timer.
///
/// `register` and `unregister` never overlap: neither with themselves nor with those of other
/// objects of the same instance.
///
/// # Safety
///
/// When [`unregister`](Object::unregister) returns, no callback of the object runs and none will
/// start, but for those that hold a reference to the module and, for a device's object, to its
/// instance. After [`close`](Object::close), nobody arms or queues it any more, from wherever.
pub unsafe trait Object: Sync {
    /// Makes the object known to the kernel.
    ///
    /// # Errors
    ///
    /// The errno of the kernel's function that refused; nothing is left registered then, and no
    /// callback of the object runs, whatever it holds.
    ///
    /// # Safety
    ///
    /// The instance's state is at `at`, and the object, which is one of that instance's and stays
    /// where it is until it was unregistered, is not registered. Calls of `register` and
    /// `unregister` do not overlap.
    unsafe fn register(&self, at: &At) -> Result;

    /// Shuts its gate, if it has one. It waits for nobody but those who are on the way through. May sleep.
    ///
    /// # Safety
    ///
    /// The object was registered, and `at` is what it was registered with.
    unsafe fn close(&self, at: &At) {
        let _ = at;
    }

    /// Takes it back.
    ///
    /// # Safety
    ///
    /// The object is registered, with `at`, and was [closed](Object::close); and those that were
    /// registered after it are not any more. Calls of `register` and `unregister` do not overlap.
    unsafe fn unregister(&self, at: &At);
}

/// Registers the objects in order. If one cannot be, `undo` is called with those before it.
///
/// # Safety
///
/// As [`Object::register`], for each of them; and `undo` closes and takes back what it is given.
pub(crate) unsafe fn register_all<O: Object>(
    objects: &[O],
    at: &At,
    undo: impl FnOnce(&[O]),
) -> Result {
    for (done, object) in objects.iter().enumerate() {
        // SAFETY: The instance is at `at`, and none of its objects is registered but those of
        // earlier turns (the caller's promise).
        if let Err(error) = unsafe { object.register(at) } {
            undo(objects.get(..done).unwrap_or(&[]));
            return Err(error);
        }
    }
    Ok(())
}

/// Takes objects back: shuts all their gates, calls `shut`, and then unregisters them in reverse.
///
/// # Safety
///
/// They are registered, with `at`, and those that were registered after them are not any more. Calls
/// of [`Object::register`] and [`Object::unregister`] do not overlap.
pub(crate) unsafe fn take_back<O: Object>(objects: &[O], at: &At, shut: impl FnOnce()) {
    // SAFETY: They were registered with `at` (this function's contract).
    unsafe { close_all(objects, at) };
    shut();
    // SAFETY: They are registered with `at`, the last ones (this function's contract), and are closed.
    unsafe { unregister_all(objects, at) };
}

/// Shuts all gates.
///
/// # Safety
///
/// As [`Object::close`], for each of them.
unsafe fn close_all<O: Object>(objects: &[O], at: &At) {
    for object in objects {
        // SAFETY: It was registered with `at` (the caller's promise).
        unsafe { object.close(at) };
    }
}

/// Unregisters the objects, in reverse.
///
/// # Safety
///
/// As [`Object::unregister`], for each of them.
unsafe fn unregister_all<O: Object>(objects: &[O], at: &At) {
    for object in objects.iter().rev() {
        // SAFETY: It is registered with `at` and closed (the caller's promise), and those after it
        // went in earlier turns.
        unsafe { object.unregister(at) };
    }
}

// SAFETY: By the promise of the object behind the reference.
unsafe impl Object for &dyn Object {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at`, and the object behind the reference is not registered:
        // `register`'s contract.
        unsafe { (**self).register(at) }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The object behind the reference is registered with `at`: `close`'s contract.
        unsafe { (**self).close(at) };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The object behind the reference is registered with `at`, and closed:
        // `unregister`'s contract.
        unsafe { (**self).unregister(at) };
    }
}

// A table: objects of one kind which follow each other in the module.
//
// SAFETY: By the promise of each of them.
unsafe impl<O: Object, const N: usize> Object for [O; N] {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: They were registered with `at`.
        let undo = |done: &[O]| unsafe { take_back(done, at, || ()) };
        // SAFETY: The instance is at `at`, and none of what the table holds is registered:
        // `register`'s contract for all of it.
        unsafe { register_all(as_rolled(self), at, undo) }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: All that the table holds is registered with `at`: `close`'s contract for all of
        // it.
        unsafe { close_all(as_rolled(self), at) };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: All that the table holds is registered with `at`, and closed: `unregister`'s
        // contract for all of it.
        unsafe { unregister_all(as_rolled(self), at) };
    }
}

/// A table whose length the compiler does not know: it would write out a call for each row.
fn as_rolled<O, const N: usize>(table: &[O; N]) -> &[O] {
    if N > 1 { hint::black_box(table) } else { table }
}
