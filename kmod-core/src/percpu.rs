// SPDX-License-Identifier: GPL-2.0-only
//! What each CPU has its own of, so that they do not get into each other's way: the kernel's
//! `alloc_percpu()`, for modules under the GPL.
//!
//! ```
//! use kmod_core::percpu::PerCpuCounter;
//!
//! let packets = PerCpuCounter::new()?;
//! packets.inc();
//! packets.add(2);
//! assert_eq!(packets.sum(), 3);
//! # Ok::<(), kmod_core::Error>(())
//! ```

use core::ffi::c_uint;
use core::iter;
use core::marker::PhantomData;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicI64, Ordering};

use kmod_bindings as bindings;

use crate::alloc::AllocError;

/// One value for each CPU that there can be.
///
/// A task may be moved to another CPU at any time, and interrupts come in between: whoever has the value
/// of a CPU is not alone with it. So it is made of atomics, or of other types that are shared. What is
/// gained is that others hardly ever want the same one at the same time.
///
/// # Invariants
///
/// `values` is what `kmod_percpu_alloc()` has given, of the size and alignment of `T`, and for each
/// possible CPU there is a `T` in it.
pub struct PerCpu<T> {
    values: NonNull<T>,
    owned: PhantomData<T>,
}

// SAFETY: The values go along.
unsafe impl<T: Send> Send for PerCpu<T> {}

// SAFETY: Only `&T` is handed out.
unsafe impl<T: Sync> Sync for PerCpu<T> {}

impl<T> PerCpu<T> {
    /// What the kernel's allocator takes: `PCPU_MIN_UNIT_SIZE`, and the smallest page.
    const FITS: () = assert!(
        size_of::<T>() > 0 && size_of::<T>() <= 32 << 10 && align_of::<T>() <= 4096,
        "a value of a CPU has a size of at most 32 KiB, which is not 0, and is aligned to a page at most"
    );

    /// A value for each possible CPU, by its number: `__alloc_percpu()`. May sleep.
    ///
    /// # Errors
    ///
    /// If there is not enough memory.
    pub fn new(mut make: impl FnMut(u32) -> T) -> Result<Self, AllocError> {
        const { Self::FITS };
        // SAFETY: Size and alignment are such that the kernel takes them.
        let values = unsafe { bindings::kmod_percpu_alloc(size_of::<T>(), align_of::<T>()) };
        let values = NonNull::new(values.cast::<T>()).ok_or(AllocError)?;
        for cpu in cpus() {
            // SAFETY: It is from the allocator, and the CPU is possible.
            let place = unsafe { bindings::kmod_percpu_of(values.as_ptr().cast(), cpu) };
            // SAFETY: It is a place of this size and alignment, which nobody else knows.
            unsafe { place.cast::<T>().write(make(cpu)) };
        }
        // INVARIANT: There is one for each.
        Ok(Self {
            values,
            owned: PhantomData,
        })
    }

    /// The value of the CPU where this runs: `raw_cpu_ptr()`. The task may be on another one as soon as
    /// it has it.
    #[inline]
    pub fn this_cpu(&self) -> &T {
        // SAFETY: It is from the allocator (invariant).
        let value = unsafe { bindings::kmod_percpu_this(self.values.as_ptr().cast()) };
        // SAFETY: There is one for this CPU, and it stays (invariant).
        unsafe { &*value.cast::<T>() }
    }

    /// The values of all possible CPUs: `for_each_possible_cpu()`.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        cpus().map(|cpu| {
            // SAFETY: There is one for this CPU, and it stays (invariant).
            unsafe { &*self.of(cpu) }
        })
    }

    /// The place of a possible CPU's value.
    fn of(&self, cpu: c_uint) -> *mut T {
        // SAFETY: It is from the allocator (invariant), and the CPU is possible.
        unsafe { bindings::kmod_percpu_of(self.values.as_ptr().cast(), cpu) }.cast()
    }
}

impl<T> Drop for PerCpu<T> {
    fn drop(&mut self) {
        for cpu in cpus() {
            // SAFETY: There is one (invariant), which nobody borrows any more.
            unsafe { self.of(cpu).drop_in_place() };
        }
        // SAFETY: It is from the allocator (invariant), and nobody borrows from it any more.
        unsafe { bindings::kmod_percpu_free(self.values.as_ptr().cast()) };
    }
}

/// The numbers of the possible CPUs.
fn cpus() -> impl Iterator<Item = c_uint> {
    let next = |from: c_uint| {
        // SAFETY: It has no preconditions.
        let cpu = unsafe { bindings::kmod_percpu_next(from) };
        c_uint::try_from(cpu).ok()
    };
    iter::successors(next(0), move |cpu| next(cpu + 1))
}

/// A number to which each CPU adds for itself: for what is counted often and asked for seldom.
///
/// It costs an addition that is neither locked nor interrupted (`this_cpu_add()`), and may be counted
/// anywhere. It wraps.
pub struct PerCpuCounter(PerCpu<AtomicI64>);

impl PerCpuCounter {
    /// A counter at 0. May sleep.
    ///
    /// # Errors
    ///
    /// If there is not enough memory.
    pub fn new() -> Result<Self, AllocError> {
        Ok(Self(PerCpu::new(|_| AtomicI64::new(0))?))
    }

    /// Adds `number`, which may be negative.
    #[inline]
    pub fn add(&self, number: i64) {
        // SAFETY: It is a number of each CPU's, which only these functions change.
        unsafe { bindings::kmod_percpu_add(self.0.values.as_ptr().cast(), number) };
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        // SAFETY: It is a number of each CPU's, which only these functions change.
        unsafe { bindings::kmod_percpu_inc(self.0.values.as_ptr().cast()) };
    }

    /// What was added on all CPUs. What others add meanwhile may be in it or not.
    pub fn sum(&self) -> i64 {
        let add = |sum: i64, number: &AtomicI64| sum.wrapping_add(number.load(Ordering::Relaxed));
        self.0.iter().fold(0, add)
    }
}
