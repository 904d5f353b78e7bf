// SPDX-License-Identifier: GPL-2.0-only
//! A queue with two ends.

use core::fmt;
use core::mem::{self, MaybeUninit};
use core::ops::{Index, IndexMut};

use super::{AllocError, Flags, KVec};

/// A queue with two ends: a growing ring of values.
///
/// It is std's `VecDeque`, with allocations that can fail, and without a panic for an index but in
/// `queue[index]`.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// The last 16 values that came.
/// fn remember(last: &mut KVecDeque<u32>, value: u32) -> Result {
///     while last.len() >= 16 {
///         last.pop_front();
///     }
///     Ok(last.push_back(value, GFP_KERNEL)?)
/// }
/// ```
///
/// # Invariants
/// `length` is at most the number of slots, and `head` is that of one of them, or 0. The values are
/// in `length` slots from `head` on, and go on in the first slot after the last one.
pub struct KVecDeque<T> {
    slots: KVec<MaybeUninit<T>>,
    head: usize,
    length: usize,
}

impl<T> KVecDeque<T> {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self {
            slots: KVec::new(),
            head: 0,
            length: 0,
        }
    }

    /// An empty one with room for `capacity` values.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn with_capacity(capacity: usize, flags: Flags) -> Result<Self, AllocError> {
        let mut queue = Self::new();
        queue.grow(capacity, flags)?;
        Ok(queue)
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How many values there is room for.
    pub fn capacity(&self) -> usize {
        self.slots.len()
    }

    /// Makes room for `more` values than there are.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn reserve(&mut self, more: usize, flags: Flags) -> Result<(), AllocError> {
        let needed = self.length.checked_add(more).ok_or(AllocError)?;
        if needed <= self.capacity() {
            return Ok(());
        }
        // Doubling makes the cost of pushing constant on the average.
        self.grow(needed.max(self.capacity().saturating_mul(2)), flags)
    }

    /// Puts a value behind the last one.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn push_back(&mut self, value: T, flags: Flags) -> Result<(), AllocError> {
        self.reserve(1, flags)?;
        self.put(self.length, MaybeUninit::new(value));
        // INVARIANT: There is a slot more, with a value.
        self.length = self.length.wrapping_add(1);
        Ok(())
    }

    /// Puts a value before the first one.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn push_front(&mut self, value: T, flags: Flags) -> Result<(), AllocError> {
        self.reserve(1, flags)?;
        // INVARIANT: There is a slot more; the one before the head gets the value.
        self.head = self.slot(self.capacity().wrapping_sub(1));
        self.put(0, MaybeUninit::new(value));
        self.length = self.length.wrapping_add(1);
        Ok(())
    }

    /// Puts a value behind the last one if it need not grow for that: a ring of a fixed size, as C's
    /// `kfifo`, which an interrupt's handler fills with a lock around it.
    ///
    /// # Errors
    /// The value, when there is no room.
    pub fn push_back_within_capacity(&mut self, value: T) -> Result<(), T> {
        if self.length >= self.capacity() {
            return Err(value);
        }
        self.put(self.length, MaybeUninit::new(value));
        // INVARIANT: There is a slot more, with a value.
        self.length = self.length.wrapping_add(1);
        Ok(())
    }

    /// Takes the first value.
    pub fn pop_front(&mut self) -> Option<T> {
        let length = self.length.checked_sub(1)?;
        let value = self.take(0);
        // INVARIANT: The first value is not the queue's any more.
        self.head = self.slot(1);
        self.length = length;
        // SAFETY: By the invariant, it was one of the values.
        Some(unsafe { value.assume_init() })
    }

    /// Takes the last value.
    pub fn pop_back(&mut self) -> Option<T> {
        // INVARIANT: The last value is not the queue's any more.
        self.length = self.length.checked_sub(1)?;
        let value = self.take(self.length);
        // SAFETY: By the invariant, it was one of the values.
        Some(unsafe { value.assume_init() })
    }

    /// The value at `index`; the first one has 0.
    pub fn get(&self, index: usize) -> Option<&T> {
        let (first, second) = self.as_slices();
        match index.checked_sub(first.len()) {
            None => first.get(index),
            Some(index) => second.get(index),
        }
    }

    /// As [`get`](Self::get), to change it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let (first, second) = self.as_mut_slices();
        match index.checked_sub(first.len()) {
            None => first.get_mut(index),
            Some(index) => second.get_mut(index),
        }
    }

    /// The first value.
    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }

    /// The first value, to change it.
    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }

    /// The last value.
    pub fn back(&self) -> Option<&T> {
        self.get(self.length.checked_sub(1)?)
    }

    /// The last value, to change it.
    pub fn back_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.length.checked_sub(1)?)
    }

    /// Whether one of the values equals `value`.
    pub fn contains(&self, value: &T) -> bool
    where
        T: PartialEq,
    {
        let (first, second) = self.as_slices();
        first.contains(value) || second.contains(value)
    }

    /// The values as two rows, the second of which follows the first.
    pub fn as_slices(&self) -> (&[T], &[T]) {
        let (start, from_head) = self
            .slots
            .split_at_checked(self.head)
            .unwrap_or((&[], &self.slots));
        let first = from_head
            .get(..self.length.min(from_head.len()))
            .unwrap_or_default();
        let second = start
            .get(..self.length.wrapping_sub(first.len()))
            .unwrap_or_default();
        // SAFETY: By the invariant, the values from the head on are in these slots.
        let first = unsafe { first.assume_init_ref() };
        // SAFETY: By the invariant, what goes beyond the last slot is in these.
        let second = unsafe { second.assume_init_ref() };
        (first, second)
    }

    /// As [`as_slices`](Self::as_slices), to change the values.
    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let Some((start, from_head)) = self.slots.split_at_mut_checked(self.head) else {
            return Default::default();
        };
        let in_first = self.length.min(from_head.len());
        let first = from_head.get_mut(..in_first).unwrap_or_default();
        let second = start
            .get_mut(..self.length.wrapping_sub(in_first))
            .unwrap_or_default();
        // SAFETY: By the invariant, the values from the head on are in these slots.
        let first = unsafe { first.assume_init_mut() };
        // SAFETY: By the invariant, what goes beyond the last slot is in these.
        let second = unsafe { second.assume_init_mut() };
        (first, second)
    }

    /// Moves the values so that they are one row, and gives that: to be sorted, for example.
    pub fn make_contiguous(&mut self) -> &mut [T] {
        // INVARIANT: Until the values have moved, nobody sees them. Slots are counted from the first.
        let head = core::mem::take(&mut self.head);
        let capacity = self.capacity();
        if self.length > capacity.wrapping_sub(head) {
            // What std's `rotate_left` does, which can panic where the kernel has overflows checked.
            self.reverse(0, head);
            self.reverse(head, capacity);
            self.reverse(0, capacity);
        } else {
            for index in 0..self.length {
                let value = self.take(head.wrapping_add(index));
                self.put(index, value);
            }
        }
        self.as_mut_slices().0
    }

    /// Turns the slots from `start` to before `end` round, of a queue whose head is the first slot.
    fn reverse(&mut self, mut start: usize, mut end: usize) {
        while start.wrapping_add(1) < end {
            end = end.wrapping_sub(1);
            let (first, last) = (self.take(start), self.take(end));
            self.put(start, last);
            self.put(end, first);
            start = start.wrapping_add(1);
        }
    }

    /// Exchanges two values; nothing is done if one of them is not there.
    pub fn swap(&mut self, one: usize, other: usize) {
        if one < self.length && other < self.length {
            let value = self.take(one);
            let there = self.take(other);
            self.put(other, value);
            // If it is the same place, the value is there already.
            if one != other {
                self.put(one, there);
            }
        }
    }

    /// Puts `value` at `index`; those from there on move back. At an index behind the end it is
    /// put at the end.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn insert(&mut self, index: usize, value: T, flags: Flags) -> Result<(), AllocError> {
        self.push_back(value, flags)?;
        for after in (index.wrapping_add(1)..self.length).rev() {
            self.swap(after.wrapping_sub(1), after);
        }
        Ok(())
    }

    /// Removes and returns the value at `index`; those behind it move up.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        let mut drained = self.drain(index..index.checked_add(1)?);
        drained.next()
    }

    /// Drops all values for which `keep` is false. The others stay in their order.
    pub fn retain(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        let mut kept = 0_usize;
        for index in 0..self.length {
            if self.get_mut(index).is_some_and(&mut keep) {
                self.swap(kept, index);
                kept = kept.wrapping_add(1);
            }
        }
        self.truncate(kept);
    }

    /// Puts what `values` yield behind the last value.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; those before have been put there then.
    pub fn extend(
        &mut self,
        values: impl IntoIterator<Item = T>,
        flags: Flags,
    ) -> Result<(), AllocError> {
        let mut values = values.into_iter();
        self.reserve(values.size_hint().0, flags)?;
        values.try_for_each(|value| self.push_back(value, flags))
    }

    /// Moves the values of `other` behind the last value.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn append(&mut self, other: &mut Self, flags: Flags) -> Result<(), AllocError> {
        self.reserve(other.length, flags)?;
        other
            .drain(..)
            .try_for_each(|value| self.push_back(value, flags))
    }

    /// Drops all but the first `length` values.
    pub fn truncate(&mut self, length: usize) {
        self.drain(length..);
    }

    /// Drops all values, and keeps the memory.
    pub fn clear(&mut self) {
        self.drain(..);
    }

    /// The slot of the value at `index`, which is at most the number of slots.
    fn slot(&self, index: usize) -> usize {
        // How many there are from the head to the last one.
        let from_head = self.capacity().wrapping_sub(self.head);
        match index.checked_sub(from_head) {
            Some(index) => index,
            None => self.head.wrapping_add(index),
        }
    }

    /// What is in the slot of the value at `index`.
    pub(super) fn take(&mut self, index: usize) -> MaybeUninit<T> {
        let slot = self.slot(index);
        match self.slots.get_mut(slot) {
            Some(slot) => mem::replace(slot, MaybeUninit::uninit()),
            None => MaybeUninit::uninit(),
        }
    }

    /// Fills the slot of the value at `index`.
    pub(super) fn put(&mut self, index: usize, value: MaybeUninit<T>) {
        let slot = self.slot(index);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = value;
        }
    }

    /// Has the queue consist of `length` values from the one at `first` on. Others are not dropped.
    ///
    /// # Safety
    ///
    /// There are as many slots, and these have values.
    pub(super) unsafe fn set_values(&mut self, first: usize, length: usize) {
        // INVARIANT: These slots have values (this function's contract).
        self.head = self.slot(first);
        self.length = length;
    }

    /// Moves the values to memory for `capacity` of them, which is at least as many as there are.
    fn grow(&mut self, capacity: usize, flags: Flags) -> Result<(), AllocError> {
        let mut slots = KVec::with_capacity(capacity, flags)?;
        // SAFETY: There is room for as many, and of a slot nothing has to be initialised.
        unsafe { slots.set_length(capacity) };
        for index in 0..self.length {
            let value = self.take(index);
            if let Some(slot) = slots.get_mut(index) {
                *slot = value;
            }
        }
        // INVARIANT: The values have moved to the first slots.
        self.slots = slots;
        self.head = 0;
        Ok(())
    }
}

impl<T> Drop for KVecDeque<T> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T> Default for KVecDeque<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Index<usize> for KVecDeque<T> {
    type Output = T;

    /// The value at `index`.
    ///
    /// # Panics
    /// If there is none: [`get`](KVecDeque::get) does not.
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("index out of bounds")
    }
}

impl<T> IndexMut<usize> for KVecDeque<T> {
    /// The value at `index`.
    ///
    /// # Panics
    /// If there is none: [`get_mut`](KVecDeque::get_mut) does not.
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("index out of bounds")
    }
}

impl<T: fmt::Debug> fmt::Debug for KVecDeque<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<T: PartialEq> PartialEq for KVecDeque<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}

impl<T: Eq> Eq for KVecDeque<T> {}
