// SPDX-License-Identifier: GPL-2.0-only
//! An object of our own: the kernel's `struct notifier_block` in a field of the module.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_ulong, c_void};
use core::ptr::{self, NonNull};

use kmod_core::error::{Result, to_result};
use kmod_core::instance::{Field, FieldObject, Instance, enter};

use crate::bindings;

/// What a struct with an [`OomNotifier`] does when memory runs out.
pub trait OutOfMemory: Instance {
    /// Gives back what it can do without, and says how many pages that were. Process context.
    fn out_of_memory(&self) -> u64;
}

/// A field under `#[object]`: has the struct told when the kernel is about to kill a process for its
/// memory.
///
/// # Invariants
///
/// While it is registered it stays where it is, and only the kernel uses the block.
#[repr(transparent)]
pub struct OomNotifier(UnsafeCell<bindings::notifier_block>);

// SAFETY: What the kernel does with a registered block is under the chain's lock; else nobody uses it.
unsafe impl Send for OomNotifier {}
// SAFETY: A shared reference does no more: the block is used under the chain's lock, or by nobody.
unsafe impl Sync for OomNotifier {}

impl OomNotifier {
    /// One that is not registered.
    #[must_use]
    pub const fn new() -> Self {
        Self(UnsafeCell::new(bindings::notifier_block {
            notifier_call: None,
            next: ptr::null_mut(),
            priority: 0,
        }))
    }
}

impl Default for OomNotifier {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: `unregister_oom_notifier()` takes the chain's lock, with which callbacks run: once it has
// returned, none does, and none will. Nobody arms it.
unsafe impl<I: OutOfMemory> FieldObject<I> for OomNotifier {
    unsafe fn register<F: Field<Instance = I, Type = Self>>(&self) -> Result {
        // SAFETY: It is not registered (the caller's promise), so nobody uses the block.
        unsafe { (*self.0.get()).notifier_call = Some(called::<F>) };
        // SAFETY: The block stays where it is until `unregister` (the caller's promise).
        let errno = unsafe { bindings::register_oom_notifier(self.0.get()) };
        to_result(errno)?;
        Ok(())
    }

    unsafe fn unregister(&self) {
        // SAFETY: `register` gave this block to the chain (this function's contract).
        unsafe { bindings::unregister_oom_notifier(self.0.get()) };
    }
}

/// What the kernel calls for the notifier that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the block that was registered with it, and room for a number of pages.
unsafe extern "C" fn called<F>(
    block: *mut bindings::notifier_block,
    _action: c_ulong,
    freed: *mut c_void,
) -> c_int
where
    F: Field<Type = OomNotifier, Instance: OutOfMemory>,
{
    // SAFETY: The kernel's block is the whole value, which is at no null pointer.
    let value = unsafe { NonNull::new_unchecked(block.cast::<OomNotifier>()) };
    let call = |instance: &F::Instance, _: &OomNotifier| instance.out_of_memory();
    // SAFETY: It is registered as `F`, and this is its callback, which may sleep.
    let pages = unsafe { enter::<F, _>(value, call) };
    if let Ok(pages) = pages {
        // SAFETY: `out_of_memory()` gives this chain room for a number of pages, to which its notifiers
        // add one after the other (this function's contract).
        unsafe { *freed.cast::<c_ulong>() += pages };
    }
    0
}
