// SPDX-License-Identifier: GPL-2.0-only
//! Values that are made once, by whoever needs them first.

use core::cell::UnsafeCell;
use core::fmt;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicBool, Ordering};

use super::Mutex;
use crate::error::Result;

/// A value that is made once, when somebody first needs it, and stays.
///
/// What C does with a flag and a mutex around it. To [look](Self::get) whether it is there costs a load,
/// and may be done anywhere; to [make it](Self::get_or_try_init) is for tasks.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::sync::OnceLock;
///
/// static TABLE: OnceLock<KVec<u32>> = OnceLock::new();
///
/// let table = TABLE.get_or_try_init(|| Ok(KVec::with_capacity(16, GFP_KERNEL)?))?;
/// assert!(table.is_empty() && TABLE.get().is_some());
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// Once `ready` is set, `value` is initialised, and neither is changed any more. Before that, only who
/// holds `making` touches `value`.
pub struct OnceLock<T> {
    ready: AtomicBool,
    making: Mutex<()>,
    value: UnsafeCell<MaybeUninit<T>>,
}

// SAFETY: The value goes along.
unsafe impl<T: Send> Send for OnceLock<T> {}

// SAFETY: All get `&T`; the one who makes the value may be another than who drops it.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// Nothing yet.
    #[track_caller]
    pub const fn new() -> Self {
        Self {
            ready: AtomicBool::new(false),
            making: Mutex::new(()),
            value: UnsafeCell::new(MaybeUninit::uninit()),
        }
    }

    /// The value, if it was made. May be called anywhere.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        if !self.ready.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: It is not changed any more (invariant).
        let value = unsafe { &*self.value.get() };
        // SAFETY: It is initialised (invariant).
        Some(unsafe { value.assume_init_ref() })
    }

    /// The value, which `make` makes if nobody has yet. Of several who come at once one makes it, and
    /// the others sleep until it has. If `make` fails, the next one who comes tries again.
    ///
    /// # Errors
    ///
    /// What `make` returns. `ERESTARTSYS` if a signal came while another one was making it: so nobody
    /// who waits for one that never comes to an end, or for themselves, has to wait for ever.
    #[inline]
    pub fn get_or_try_init(&self, make: impl FnOnce() -> Result<T>) -> Result<&T> {
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let _making = self.making.lock_interruptible()?;
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let value = make()?;
        // SAFETY: `making` is held, and there is no value yet (invariant).
        Ok(unsafe { self.put(value) })
    }

    /// Makes `value` the value if there is none and nobody is making one. Never waits: may be called
    /// anywhere.
    ///
    /// # Errors
    ///
    /// The `value` that is not wanted.
    pub fn set(&self, value: T) -> Result<&T, T> {
        match self.making.try_lock() {
            Some(_making) if self.get().is_none() => {
                // SAFETY: `making` is held, and there is no value yet (invariant).
                Ok(unsafe { self.put(value) })
            }
            _ => Err(value),
        }
    }

    /// The value: who has it to themselves may change it.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        if !*self.ready.get_mut() {
            return None;
        }
        // SAFETY: It is initialised (invariant).
        Some(unsafe { self.value.get_mut().assume_init_mut() })
    }

    /// Takes it out; there is none then.
    pub fn take(&mut self) -> Option<T> {
        if !core::mem::take(self.ready.get_mut()) {
            return None;
        }
        // SAFETY: It was initialised (invariant), and `ready` says so no more.
        Some(unsafe { self.value.get_mut().assume_init_read() })
    }

    /// # Safety
    ///
    /// `making` is held, and there is no value yet.
    unsafe fn put(&self, value: T) -> &T {
        // SAFETY: Nobody else touches it (this function's contract).
        let place = unsafe { &mut *self.value.get() };
        let value = place.write(value);
        // INVARIANT: It is initialised, and not changed any more: it is shared from here on.
        self.ready.store(true, Ordering::Release);
        value
    }
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for OnceLock<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceLock").field(&self.get()).finish()
    }
}
