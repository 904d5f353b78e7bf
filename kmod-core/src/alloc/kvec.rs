// SPDX-License-Identifier: GPL-2.0-only
//! A growing row of values.

use core::alloc::Layout;
use core::borrow::Borrow;
use core::cmp;
use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr::{self, NonNull};
use core::slice;

use zerocopy::FromZeros;

use super::{__GFP_ZERO, AllocError, Flags, allocate, free};

/// A growing row of values.
///
/// # Invariants
/// `start` points to memory that `allocate` gave for `capacity` values, of which the first `length`
/// are initialised; nobody else owns it. Values without a size have all the capacity that there is,
/// and no memory.
pub struct KVec<T> {
    start: NonNull<T>,
    capacity: usize,
    length: usize,
    owned: PhantomData<T>,
}

// SAFETY: It owns its values as an array of them would.
unsafe impl<T: Send> Send for KVec<T> {}
// SAFETY: A `&KVec` gives a `&[T]`, and no more.
unsafe impl<T: Sync> Sync for KVec<T> {}

impl<T> KVec<T> {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self {
            start: NonNull::dangling(),
            capacity: if size_of::<T>() == 0 { usize::MAX } else { 0 },
            length: 0,
            owned: PhantomData,
        }
    }

    /// An empty one with room for `capacity` values.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn with_capacity(capacity: usize, flags: Flags) -> Result<Self, AllocError> {
        let mut vec = Self::new();
        if capacity > vec.capacity {
            vec.grow(capacity, flags)?;
        }
        Ok(vec)
    }

    /// `length` copies of `value`.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn from_elem(value: T, length: usize, flags: Flags) -> Result<Self, AllocError>
    where
        T: Clone,
    {
        let mut vec = Self::with_capacity(length, flags)?;
        for _ in 0..length {
            vec.push_within_capacity(value.clone());
        }
        Ok(vec)
    }

    /// `length` values whose bytes are all zero.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn zeroed(length: usize, flags: Flags) -> Result<Self, AllocError>
    where
        T: FromZeros,
    {
        let mut vec = Self::with_capacity(length, flags | __GFP_ZERO)?;
        // INVARIANT: The memory for them, if there is any, is zeroed, and that is a value of `T`.
        vec.length = length;
        Ok(vec)
    }

    /// How many values there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes room for `more` values than there are.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn reserve(&mut self, more: usize, flags: Flags) -> Result<(), AllocError> {
        let needed = self.length.checked_add(more).ok_or(AllocError)?;
        if needed <= self.capacity {
            return Ok(());
        }
        // Doubling makes the cost of pushing constant on the average.
        self.grow(needed.max(self.capacity.saturating_mul(2)), flags)
    }

    /// Appends a value.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn push(&mut self, value: T, flags: Flags) -> Result<(), AllocError> {
        self.reserve(1, flags)?;
        self.push_within_capacity(value);
        Ok(())
    }

    /// Appends a value where there is room for it.
    pub(super) fn push_within_capacity(&mut self, value: T) {
        debug_assert!(self.length < self.capacity);
        // SAFETY: The place is within the memory, and holds no value.
        unsafe { self.start.as_ptr().wrapping_add(self.length).write(value) };
        // It is at most the capacity.
        self.length = self.length.wrapping_add(1);
    }

    /// Where the first value is, or would be.
    pub(super) fn start(&self) -> *mut T {
        self.start.as_ptr()
    }

    /// Has the row consist of the first `length` values. Others are not dropped.
    ///
    /// # Safety
    ///
    /// There is room for as many, and they are initialised.
    pub(super) unsafe fn set_length(&mut self, length: usize) {
        debug_assert!(length <= self.capacity);
        // INVARIANT: Those that were not there are initialised, and there is room (this function's
        // contract).
        self.length = length;
    }

    /// Takes the last value.
    pub fn pop(&mut self) -> Option<T> {
        self.length = self.length.checked_sub(1)?;
        // SAFETY: The value is initialised, and does not belong to the row any more.
        Some(unsafe { self.start.as_ptr().wrapping_add(self.length).read() })
    }

    /// Appends clones of `values`.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has been appended then.
    pub fn extend_from_slice(&mut self, values: &[T], flags: Flags) -> Result<(), AllocError>
    where
        T: Clone,
    {
        self.reserve(values.len(), flags)?;
        for value in values {
            self.push_within_capacity(value.clone());
        }
        Ok(())
    }

    /// Drops all but the first `length` values.
    pub fn truncate(&mut self, length: usize) {
        let Some(surplus) = self.get_mut(length..) else {
            return;
        };
        let surplus: *mut [T] = surplus;
        self.length = length;
        // SAFETY: They are initialised, and do not belong to the row any more.
        unsafe { surplus.drop_in_place() };
    }

    /// Drops all values, and keeps the memory.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Removes and returns the value at `index`; those behind it move up.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        let rest = self.get_mut(index..).filter(|rest| !rest.is_empty())?;
        let place = rest.as_mut_ptr();
        // SAFETY: The value is initialised, and its place is overwritten or given up below.
        let value = unsafe { place.read() };
        // There is one, so there is one less.
        self.length = self.length.wrapping_sub(1);
        let behind = self.length.wrapping_sub(index);
        // SAFETY: Both are within the initialised part.
        unsafe { place.copy_from(place.wrapping_add(1), behind) };
        Some(value)
    }

    /// The same values once more.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn try_clone(&self, flags: Flags) -> Result<Self, AllocError>
    where
        T: Clone,
    {
        let mut clone = Self::new();
        clone.extend_from_slice(self, flags)?;
        Ok(clone)
    }

    /// Gives the memory back that no value is in.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory to move the values to; nothing has changed then.
    pub fn shrink_to_fit(&mut self, flags: Flags) -> Result<(), AllocError> {
        if self.length == self.capacity || size_of::<T>() == 0 {
            return Ok(());
        }
        self.grow(self.length, flags)
    }

    /// Moves the values to memory for `capacity` of them, which is at least as many as there are.
    fn grow(&mut self, capacity: usize, flags: Flags) -> Result<(), AllocError> {
        let layout = Layout::array::<T>(capacity).map_err(|_| AllocError)?;
        let new = allocate(layout, flags)?.cast::<T>();
        // SAFETY: The old memory has as many initialised values, and the new one has room for them.
        unsafe { self.start.copy_to_nonoverlapping(new, self.length) };
        self.free();
        self.start = new;
        self.capacity = capacity;
        Ok(())
    }

    /// Frees the memory, not the values.
    fn free(&mut self) {
        let size = size_of::<T>().wrapping_mul(self.capacity);
        // SAFETY: By the invariant `allocate` gave it for that size, which it would not have done if
        // the product overflowed.
        unsafe { free(self.start.cast(), size) };
    }
}

impl<T> Drop for KVec<T> {
    fn drop(&mut self) {
        self.clear();
        self.free();
    }
}

impl<T> Default for KVec<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for KVec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: By the invariant.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

impl<T> DerefMut for KVec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: By the invariant, and `self` is borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }
}

impl<T: fmt::Debug> fmt::Debug for KVec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq> PartialEq for KVec<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for KVec<T> {}

impl<T: PartialOrd> PartialOrd for KVec<T> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: Ord> Ord for KVec<T> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl<T> AsRef<[T]> for KVec<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

/// A [`KMap`](super::KMap) with rows as keys is searched by slices.
impl<T> Borrow<[T]> for KVec<T> {
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<'a, T> IntoIterator for &'a KVec<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut KVec<T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> IntoIterator for KVec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        let mut row = ManuallyDrop::new(self);
        let end = row.length;
        row.length = 0;
        IntoIter { row, next: 0, end }
    }
}

/// The values of a [`KVec`], one after the other.
///
/// # Invariants
/// `row` has the length 0; its values from `next` to before `end` are initialised.
pub struct IntoIter<T> {
    row: ManuallyDrop<KVec<T>>,
    next: usize,
    end: usize,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        let place = self.row.start.as_ptr().wrapping_add(self.next);
        self.next = self.next.wrapping_add(1);
        // SAFETY: By the invariant, and it is not one of them any more.
        Some(unsafe { place.read() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.wrapping_sub(self.next);
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        self.end = self.end.wrapping_sub(1);
        // SAFETY: By the invariant it was initialised, and it is not one of them any more.
        Some(unsafe { self.row.start.as_ptr().wrapping_add(self.end).read() })
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<T> FusedIterator for IntoIter<T> {}

impl<T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        let left = self.row.start.as_ptr().wrapping_add(self.next);
        let left = ptr::slice_from_raw_parts_mut(left, self.len());
        // SAFETY: By the invariant.
        unsafe { left.drop_in_place() };
        self.row.free();
    }
}
