// SPDX-License-Identifier: GPL-2.0-only
//! Memory of a device's that user space may map, until the device goes.

use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use kmod_bindings::{self as bindings, device, kmod_mappable};

use crate::error::Result;
use crate::error::code::{ENODEV, ENOMEM};

/// Memory of a device's, which begins to have what C needs when it is first mapped.
///
/// # Invariants
///
/// `size` is 0, or so many bytes are the device's until it is 0 again: from the physical address `start` on, or, if
/// `memory` is not null, from there on, of `kmod_dma_alloc()` for `device`. `made` is null, or of
/// `kmod_mappable_new()` or `kmod_mappable_of_dma()` for them, and this value's to end.
pub struct Mappable {
    start: AtomicU64,
    memory: AtomicPtr<u8>,
    device: AtomicPtr<device>,
    size: AtomicU64,
    made: AtomicPtr<kmod_mappable>,
}

impl Mappable {
    /// None.
    pub(crate) const fn new() -> Self {
        // INVARIANT: The size is 0.
        Self {
            start: AtomicU64::new(0),
            memory: AtomicPtr::new(ptr::null_mut()),
            device: AtomicPtr::new(ptr::null_mut()),
            size: AtomicU64::new(0),
            made: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// It is this from now on.
    ///
    /// # Safety
    ///
    /// So many bytes from the physical address on are the device's until [`close`](Self::close) has returned.
    pub(crate) unsafe fn open(&self, start: u64, size: u64) {
        // INVARIANT: By the caller's promise.
        self.memory.store(ptr::null_mut(), Ordering::Relaxed);
        self.start.store(start, Ordering::Relaxed);
        self.size.store(size, Ordering::Relaxed);
    }

    /// It is this from now on.
    ///
    /// # Safety
    ///
    /// So many bytes are there, of `kmod_dma_alloc()` for this device, which both stay until
    /// [`close`](Self::close) has returned.
    pub(crate) unsafe fn open_dma(&self, device: *mut device, memory: *mut u8, size: usize) {
        // INVARIANT: By the caller's promise.
        self.memory.store(memory, Ordering::Relaxed);
        self.device.store(device, Ordering::Relaxed);
        self.size.store(size as u64, Ordering::Relaxed);
    }

    /// It is nothing any more, and nobody has it mapped: who touches it gets `SIGBUS`. May sleep.
    ///
    /// # Safety
    ///
    /// Nothing runs any more that has what [`get`](Self::get) gave.
    pub(crate) unsafe fn close(&self) {
        // INVARIANT: The size is 0, and what was made is ended once.
        self.size.store(0, Ordering::Relaxed);
        let made = self.made.swap(ptr::null_mut(), Ordering::Relaxed);
        if !made.is_null() {
            // SAFETY: It was made for this value (invariant), and nobody else has it (the caller's promise).
            unsafe { bindings::kmod_mappable_end(made) };
        }
    }

    /// What C maps of, as long as the call runs in which this is asked.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device is not there, `ENOMEM`.
    pub(super) fn get(&self) -> Result<NonNull<kmod_mappable>> {
        let size = self.size.load(Ordering::Relaxed);
        if size == 0 {
            return Err(ENODEV);
        }
        if let Some(made) = NonNull::new(self.made.load(Ordering::Acquire)) {
            return Ok(made);
        }
        let memory = self.memory.load(Ordering::Relaxed);
        let new = if memory.is_null() {
            let start = self.start.load(Ordering::Relaxed);
            // SAFETY: The memory is the device's (invariant).
            unsafe { bindings::kmod_mappable_new(start, size) }
        } else {
            let device = self.device.load(Ordering::Relaxed);
            // SAFETY: The memory was allocated for the device (invariant), in so many bytes, a `usize`.
            unsafe { bindings::kmod_mappable_of_dma(device, memory.cast(), size as usize) }
        };
        let new = NonNull::new(new).ok_or(ENOMEM)?;
        // INVARIANT: It was made for this memory.
        let set = self.made.compare_exchange(
            ptr::null_mut(),
            new.as_ptr(),
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        match set {
            Ok(_) => Ok(new),
            Err(others) => {
                // SAFETY: It was made above, and nobody else has seen it.
                unsafe { bindings::kmod_mappable_end(new.as_ptr()) };
                NonNull::new(others).ok_or(ENODEV)
            }
        }
    }
}
