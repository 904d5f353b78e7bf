// SPDX-License-Identifier: GPL-2.0-only
//! Several pieces of the driver's memory, mapped in one step: scatter lists.

use core::fmt;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, kmod_dma_list, scatterlist};
use zerocopy::{FromBytes, IntoBytes};

use super::stream::{Direction, DmaStream, Held};
use crate::alloc::{Flags, KVec};
use crate::error::code::{EINVAL, ENOMEM};
use crate::error::{Result, to_result};

/// The kernel's list of pieces.
///
/// # Invariants
///
/// It is of `kmod_dma_list_new()`, and this value's to free.
pub(super) struct List(NonNull<kmod_dma_list>);

// SAFETY: It is memory of the kernel's, which any task may use and free.
unsafe impl Send for List {}

impl List {
    /// One for so many pieces.
    fn new(pieces: usize, flags: Flags) -> Result<Self> {
        let pieces = u32::try_from(pieces).map_err(|_| EINVAL)?;
        // SAFETY: It has no preconditions.
        let list = unsafe { bindings::kmod_dma_list_new(pieces, flags.bits()) };
        // INVARIANT: It was made for this value.
        NonNull::new(list).map(Self).ok_or(ENOMEM)
    }

    /// The list.
    pub(super) fn as_ptr(&self) -> *mut kmod_dma_list {
        self.0.as_ptr()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: It is of `kmod_dma_list_new()`, and nobody else frees it (invariant).
        unsafe { bindings::kmod_dma_list_free(self.0.as_ptr()) };
    }
}

impl DmaStream {
    /// Gives several pieces of memory to the device: the kernel's `dma_map_sgtable()`. Nobody else has them until
    /// [`end`](DmaList::end).
    ///
    /// # Errors
    ///
    /// As [`map`](Self::map); `EINVAL` also if there is no piece. All of them are freed then.
    pub fn map_list<D: Direction, T>(
        &self,
        mut pieces: KVec<KVec<T>>,
        flags: Flags,
    ) -> Result<DmaList<T, D>>
    where
        T: FromBytes + IntoBytes + Send + 'static,
    {
        let list = List::new(pieces.len(), flags)?;
        let mut size = 0_usize;
        for piece in pieces.iter_mut() {
            let bytes = size_of_val::<[T]>(piece);
            size = size.checked_add(bytes).ok_or(EINVAL)?;
            // SAFETY: The list has room for one more. The bytes are on the heap, where they stay when the pieces
            // are moved.
            to_result(unsafe {
                bindings::kmod_dma_list_add(list.as_ptr(), piece.as_mut_ptr().cast(), bytes)
            })?;
        }
        let held = self.give(pieces, size, D::NUMBER, Some(list), flags)?;
        Ok(DmaList {
            held,
            direction: PhantomData,
        })
    }
}

/// Several pieces of memory that the device has, as a [`DmaMapping`](super::DmaMapping) is one; what is said there of
/// one that is dropped or leaked is so here.
pub struct DmaList<T, D> {
    held: Held<KVec<KVec<T>>>,
    direction: PhantomData<fn() -> D>,
}

impl<T, D> DmaList<T, D> {
    /// How many bytes there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub fn len(&self) -> usize {
        self.held.size()
    }

    /// Where the device sees the bytes, in order: as many segments as there are pieces, or fewer, where pieces
    /// follow each other for it. From now on it may be at them, until [`end`](Self::end).
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device has gone.
    pub fn segments(&self) -> Result<DmaSegments<'_>> {
        self.held.tell()?;
        let list = self.held.list();
        // SAFETY: The list is there as long as the value, which is borrowed.
        let left = unsafe { bindings::kmod_dma_list_segments(list) };
        Ok(DmaSegments {
            list,
            at: ptr::null_mut(),
            left,
            lives: PhantomData,
        })
    }

    /// Takes the memory back from the device, as [`DmaMapping::end`](super::DmaMapping::end) does: the kernel's
    /// `dma_unmap_sgtable()`.
    pub fn end(self) -> KVec<KVec<T>> {
        self.held.end()
    }
}

impl<T, D> fmt::Debug for DmaList<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DmaList")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// The address and the length of each segment of a [`DmaList`].
///
/// # Invariants
///
/// `list` was mapped, and is there as long as the value; `at` is null, or the last entry that was given; behind it,
/// or from the beginning on, there are `left` ones.
pub struct DmaSegments<'a> {
    list: *mut kmod_dma_list,
    at: *mut scatterlist,
    left: u32,
    lives: PhantomData<&'a ()>,
}

impl Iterator for DmaSegments<'_> {
    type Item = (u64, usize);

    fn next(&mut self) -> Option<(u64, usize)> {
        self.left = self.left.checked_sub(1)?;
        let (mut address, mut size) = (0, 0);
        // INVARIANT: It is the next one.
        // SAFETY: There is another one (invariant); both numbers are ours.
        self.at = unsafe {
            bindings::kmod_dma_list_segment(self.list, self.at, &raw mut address, &raw mut size)
        };
        Some((address, size))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.left as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for DmaSegments<'_> {}
