// SPDX-License-Identifier: GPL-2.0-only
//! A value whose readers take no lock, and do not sleep.

use core::ffi::c_int;

use kmod_bindings as bindings;

use super::published::Published;
use super::srcu::Readers;
use crate::alloc::{AllocError, GFP_KERNEL, KBox};
use crate::error::Result;

/// Whether readers are counted, since RCU would not wait for one that sleeps.
const COUNTS: bool = bindings::KMOD_RCU_TRUSTS != 0;

/// A value that is read often and anywhere, and replaced seldom, as a whole.
///
/// The kernel's RCU, for modules under the GPL: readers get the value as it was when they came, do
/// not wait for anybody, and hardly cost anything. Who replaces it waits until those have left who
/// may still have the old one (`synchronize_rcu()`: some milliseconds). Readers that have to sleep
/// need an [`Srcu`](super::Srcu); a small value that is `Copy` is replaced anywhere in a
/// [`SeqLock`](super::SeqLock).
///
/// It is read by a closure, in which nothing may sleep: a build that finds a [way](crate::context) to what
/// does ends. If one sleeps all the same, the kernel reports it, and waits for it. A kernel without
/// `CONFIG_PREEMPT_RCU` (Debian's 5.10, and those for arm64) does neither, but would free what is read: there
/// readers are counted as those of an `Srcu` are, for which each `Rcu` has a `struct srcu_struct` of some
/// KiB.
///
/// A reader that panics ends with its task; where readers are counted, it does not leave, and who
/// replaces the value later waits for ever, as for a lock whose holder has panicked.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::sync::Rcu;
///
/// let routes = Rcu::new(KVec::new())?;
/// routes.update(|old| {
///     let mut new = KVec::with_capacity(old.len() + 1, GFP_KERNEL)?;
///     new.extend_from_slice(old, GFP_KERNEL)?;
///     new.push(7, GFP_KERNEL)?;
///     Ok(KBox::new(new, GFP_KERNEL)?)
/// })?;
/// assert!(routes.read(|routes| routes.contains(&7)));
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// `readers` are there where they are counted (`COUNTS`).
pub struct Rcu<T> {
    value: Published<T>,
    readers: Option<Readers>,
}

// SAFETY: The value goes along.
unsafe impl<T: Send> Send for Rcu<T> {}

// SAFETY: Readers on several CPUs get `&T`; who replaces the value gets it from whoever put it there.
unsafe impl<T: Send + Sync> Sync for Rcu<T> {}

impl<T> Rcu<T> {
    /// A value that can be read. May sleep.
    ///
    /// # Errors
    ///
    /// [`AllocError`] if there is not enough memory; the value is dropped.
    #[track_caller]
    pub fn new(value: T) -> Result<Self, AllocError> {
        let value = Published::new(KBox::new(value, GFP_KERNEL)?);
        // INVARIANT: They are there where they are counted.
        let readers = match COUNTS {
            true => Some(Readers::new()?),
            false => None,
        };
        Ok(Self { value, readers })
    }

    /// Calls `f` with the value: `rcu_read_lock()`. It never waits, and may be called anywhere,
    /// within itself, too.
    ///
    /// `f` must not sleep, and so must not replace this value or another: no
    /// [`Mutex`](super::Mutex), no user memory, no `GFP_KERNEL`.
    #[inline]
    pub fn read<R>(&self, f: impl FnOnce(&T) -> R) -> R {
        let mut index: c_int = 0;
        match self.counted() {
            Some(readers) => {
                // SAFETY: It is there; the index is this call's.
                unsafe {
                    bindings::kmod_rcu_read_lock_counted(readers.as_ptr(), &raw mut index);
                }
            }
            // SAFETY: It has no preconditions.
            None => unsafe { bindings::kmod_rcu_read_lock() },
        }
        // SAFETY: `f` cannot keep the value, and `wait` waits for it, even if it sleeps: it is counted, or
        // RCU's readers are.
        let result = f(unsafe { self.value.get() });
        match self.counted() {
            Some(readers) => {
                // SAFETY: The index is what the same task got. (A panic does not unwind.)
                unsafe {
                    bindings::kmod_rcu_read_unlock_counted(readers.as_ptr(), &raw const index);
                }
            }
            // SAFETY: It was locked above.
            None => unsafe { bindings::kmod_rcu_read_unlock() },
        }
        result
    }

    /// Makes `new` the value, and returns the one before, once nobody reads it any more:
    /// `synchronize_rcu()`. Sleeps until all have left who read when it was called, whatever signals come.
    pub fn replace(&self, new: KBox<T>) -> KBox<T> {
        // SAFETY: It waits for all readers.
        unsafe { self.value.replace(new, || self.wait()) }
    }

    /// Makes the value what `make` makes of it, as [`replace`](Self::replace) does: none that is put
    /// there meanwhile is lost, since others who change it wait until `make` is done. `make` may
    /// sleep, but must not replace this value itself.
    ///
    /// # Errors
    ///
    /// What `make` returns; the value is then as it was. `ERESTARTSYS` if a signal came while another one
    /// was changing it.
    pub fn update(&self, make: impl FnOnce(&T) -> Result<KBox<T>>) -> Result<KBox<T>> {
        // SAFETY: It waits for all readers.
        unsafe { self.value.update(make, || self.wait()) }
    }

    /// The value: whoever has it to themselves may change it.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// The readers, where they are counted. The compiler knows where they are not.
    #[inline(always)]
    fn counted(&self) -> Option<&Readers> {
        match COUNTS {
            // SAFETY: They are there (invariant).
            true => Some(unsafe { self.readers.as_ref().unwrap_unchecked() }),
            false => None,
        }
    }

    /// Waits until all have left who read.
    fn wait(&self) {
        match self.counted() {
            Some(readers) => readers.wait(),
            // SAFETY: It has no preconditions, but for being where sleeping is allowed, and not in a
            // reader:
            // `atomic-sleep` finds both.
            None => unsafe { bindings::synchronize_rcu() },
        }
    }
}
