// SPDX-License-Identifier: GPL-2.0-only
//! Memory: every allocation takes GFP flags and can fail.
//!
//! | to | use |
//! |---|---|
//! | put one value on the heap | [`KBox`] |
//! | share one value among several owners | [`Arc`] |
//! | hold a number of values, or bytes | [`KVec`] |
//! | queue values, or stack them | [`List`] |
//! | have a queue of values, with two ends | [`KVecDeque`] |
//! | find values by keys, or keep them in order | [`KMap`] |
//! | find values by keys, many times more often than new ones come | [`KHashMap`] |
//! | give out numbers, the least that is free | [`Ida`] |
//! | hold text | [`KString`] |
//!
//! Memory is aligned for its type, whatever that asks for. Large blocks come from `vmalloc()` where
//! [`GFP_KERNEL`] allows it; such a block must not be freed in atomic context.

mod arc;
mod ida;
mod kbox;
mod khashmap;
mod kmap;
mod kmap_entry;
mod kmap_iter;
mod kstring;
mod kvec;
mod kvec_drain;
mod kvec_edit;
mod kvecdeque;
mod kvecdeque_iter;
mod list;
mod siphash;
#[cfg(test)]
mod tests;

use core::alloc::Layout;
use core::ffi::{c_uint, c_void};
use core::fmt;
use core::ops::{BitOr, Bound, Range, RangeBounds};
use core::ptr::NonNull;

use kmod_bindings as bindings;

pub use arc::Arc;
pub use ida::Ida;
pub use kbox::KBox;
pub use khashmap::KHashMap;
pub use kmap::KMap;
pub use kmap_entry::{Entry, OccupiedEntry, VacantEntry};
pub use kstring::KString;
pub use kvec::{IntoIter, KVec};
pub use kvec_drain::Drain;
pub use kvecdeque::KVecDeque;
pub use list::List;

/// The allocation failed; `?` makes it `ENOMEM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocError;

impl fmt::Display for AllocError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("out of memory")
    }
}

impl core::error::Error for AllocError {}

/// GFP flags: how far the kernel may go for memory. They are combined with `|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(c_uint);

impl Flags {
    /// As the kernel has them.
    pub(crate) const fn bits(self) -> c_uint {
        self.0
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The usual: may sleep, so not in atomic context.
pub const GFP_KERNEL: Flags = Flags(bindings::KMOD_GFP_KERNEL);
/// As [`GFP_KERNEL`], charged to the process's memory control group: for what userspace makes grow.
pub const GFP_KERNEL_ACCOUNT: Flags = Flags(bindings::KMOD_GFP_KERNEL_ACCOUNT);
/// Does not sleep, and takes from the reserves.
pub const GFP_ATOMIC: Flags = Flags(bindings::KMOD_GFP_ATOMIC);
/// Does not sleep, and leaves the reserves alone.
pub const GFP_NOWAIT: Flags = Flags(bindings::KMOD_GFP_NOWAIT);
/// May sleep, but starts no I/O.
pub const GFP_NOIO: Flags = Flags(bindings::KMOD_GFP_NOIO);
/// May sleep, but does not call file systems.
pub const GFP_NOFS: Flags = Flags(bindings::KMOD_GFP_NOFS);
/// To be added: the memory is zeroed.
pub const __GFP_ZERO: Flags = Flags(bindings::KMOD_GFP_ZERO);
/// To be added: a failure is not logged.
pub const __GFP_NOWARN: Flags = Flags(bindings::KMOD_GFP_NOWARN);

/// Up to here, of size and alignment, memory is never `vmalloc()`'s.
const PAGE: usize = 4096;

/// `kmalloc()` of a constant size, with [`GFP_KERNEL`].
type Kmalloc = unsafe extern "C" fn() -> *mut c_void;

/// The sizes for which the kernel has caches. A power of two is aligned to itself, the others to
/// [`ARCH_KMALLOC_MINALIGN`](MINALIGN).
const KMALLOC: [(usize, Kmalloc); 12] = [
    (8, bindings::kmod_kmalloc_8),
    (16, bindings::kmod_kmalloc_16),
    (32, bindings::kmod_kmalloc_32),
    (64, bindings::kmod_kmalloc_64),
    (96, bindings::kmod_kmalloc_96),
    (128, bindings::kmod_kmalloc_128),
    (192, bindings::kmod_kmalloc_192),
    (256, bindings::kmod_kmalloc_256),
    (512, bindings::kmod_kmalloc_512),
    (1024, bindings::kmod_kmalloc_1024),
    (2048, bindings::kmod_kmalloc_2048),
    (4096, bindings::kmod_kmalloc_4096),
];

/// The least alignment that every architecture's `kmalloc()` has.
const MINALIGN: usize = 8;

/// The `kmalloc()` that suits a layout with some size, if one does.
const fn kmalloc_for(layout: Layout) -> Option<Kmalloc> {
    let mut index = 0;
    while index < KMALLOC.len() {
        let (size, kmalloc) = KMALLOC[index];
        let aligned = layout.align() <= MINALIGN || size.is_power_of_two();
        if layout.size() <= size && layout.align() <= size && aligned {
            return Some(kmalloc);
        }
        index += 1;
    }
    None
}

/// Memory for a value of the type `T`: what C does for an object of its own.
#[inline]
fn allocate_for<T>(flags: Flags) -> Result<NonNull<T>, AllocError> {
    if size_of::<T>() != 0
        && flags == GFP_KERNEL
        && let Some(kmalloc) = const { kmalloc_for(Layout::new::<T>()) }
    {
        // SAFETY: It has no preconditions, but for being where sleeping is allowed, as its flag says.
        let memory = unsafe { kmalloc() };
        return NonNull::new(memory.cast()).ok_or(AllocError);
    }
    allocate(Layout::new::<T>(), flags).map(NonNull::cast)
}

/// Memory for `layout`; what takes no memory gets a pointer that is aligned.
#[inline]
fn allocate(layout: Layout, flags: Flags) -> Result<NonNull<u8>, AllocError> {
    if layout.size() == 0 {
        return Ok(layout.dangling_ptr());
    }
    let memory = if layout.align() <= MINALIGN && flags.0 & GFP_KERNEL.0 == GFP_KERNEL.0 {
        // SAFETY: It has no preconditions, but for being where sleeping is allowed, as its flags
        // say.
        unsafe { bindings::kmod_kvmalloc(layout.size(), flags.0) }
    } else {
        // SAFETY: A layout's alignment is a power of two.
        unsafe { bindings::kmod_alloc(layout.size(), layout.align(), flags.0) }
    };
    NonNull::new(memory.cast()).ok_or(AllocError)
}

/// The part of `range` that is within a row of `length` values.
fn within(range: &impl RangeBounds<usize>, length: usize) -> Range<usize> {
    let start = match range.start_bound() {
        Bound::Included(first) => *first,
        Bound::Excluded(before) => before.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(last) => last.saturating_add(1),
        Bound::Excluded(end) => *end,
        Bound::Unbounded => length,
    };
    let start = start.min(length);
    start..end.min(length).max(start)
}

/// Frees what [`allocate_for`] gave.
///
/// # Safety
/// It did, for this type, and the memory is not used any more.
#[inline]
unsafe fn free_for<T>(memory: NonNull<T>) {
    if size_of::<T>() <= PAGE && align_of::<T>() <= PAGE && size_of::<T>() != 0 {
        // SAFETY: `allocate_for` gave it for this type, and it is not used any more (this
        // function's contract); of this size and alignment, it is `kmalloc()`'s.
        unsafe { bindings::kfree(memory.as_ptr().cast()) };
    } else {
        // SAFETY: `allocate_for` had it from `allocate`, for a layout of this size, and it is not
        // used any more (this function's contract).
        unsafe { free(memory.cast(), size_of::<T>()) };
    }
}

/// Frees what [`allocate`] gave for a layout of this size.
///
/// # Safety
/// It did, and the memory is not used any more.
unsafe fn free(memory: NonNull<u8>, size: usize) {
    if size != 0 {
        // SAFETY: `allocate` gave it, and it is not used any more (this function's contract).
        unsafe { bindings::kvfree(memory.as_ptr().cast()) };
    }
}
