// SPDX-License-Identifier: GPL-2.0-only
//! Changes in the middle of a [`KVec`], and of its length.
//!
//! None of these panics for an index, as std's do: what is said at each holds instead.

use core::ops::RangeBounds;

use super::{AllocError, Flags, KVec, within};

impl<T> KVec<T> {
    /// Puts `value` at `index`; those from there on move down. At an index behind the end it is
    /// put at the end.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn insert(&mut self, index: usize, value: T, flags: Flags) -> Result<(), AllocError> {
        self.reserve(1, flags)?;
        let length = self.len();
        let index = index.min(length);
        let place = self.start().wrapping_add(index);
        // SAFETY: These are the row's, and behind them is room for one more.
        unsafe { place.copy_to(place.wrapping_add(1), length.wrapping_sub(index)) };
        // SAFETY: What was there has been moved away.
        unsafe { place.write(value) };
        // SAFETY: There is one more, and it is at most the capacity.
        unsafe { self.set_length(length.wrapping_add(1)) };
        Ok(())
    }

    /// Removes and returns the value at `index`; the last one takes its place.
    pub fn swap_remove(&mut self, index: usize) -> Option<T> {
        let last = self.pop()?;
        let was_last = index == self.len();
        match self.get_mut(index) {
            Some(place) => Some(core::mem::replace(place, last)),
            None if was_last => Some(last),
            None => {
                self.push_within_capacity(last);
                None
            }
        }
    }

    /// Drops all values for which `keep` is false. The others stay in their order.
    pub fn retain(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        let mut kept = 0;
        let mut index = 0;
        while let Some(value) = self.get_mut(index) {
            if keep(value) {
                // Both are there: `kept` is at most `index`.
                if let Some([first, .., last]) = self.get_mut(kept..=index) {
                    core::mem::swap(first, last);
                }
                kept = kept.wrapping_add(1);
            }
            index = index.wrapping_add(1);
        }
        self.truncate(kept);
    }

    /// Drops each value that equals the one before it. A sorted row has each value once then.
    pub fn dedup(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_by(|value, before| value == before);
    }

    /// Drops each value whose key equals that of the one before it.
    pub fn dedup_by_key<K: PartialEq>(&mut self, mut key: impl FnMut(&mut T) -> K) {
        self.dedup_by(|value, before| key(value) == key(before));
    }

    /// Drops each value of which `same` says that it is as the last one before it that stays: that
    /// is its second argument.
    pub fn dedup_by(&mut self, mut same: impl FnMut(&mut T, &mut T) -> bool) {
        let mut kept = 0_usize;
        let mut index = 0;
        while let Some((before, [value, ..])) = self.split_at_mut_checked(index) {
            let last = before.get_mut(kept.wrapping_sub(1));
            if !last.is_some_and(|last| same(value, last)) {
                // Both are there: `kept` is at most `index`.
                if let Some([first, .., last]) = self.get_mut(kept..=index) {
                    core::mem::swap(first, last);
                }
                kept = kept.wrapping_add(1);
            }
            index = index.wrapping_add(1);
        }
        self.truncate(kept);
    }

    /// Takes the last value if `take` says so of it.
    pub fn pop_if(&mut self, take: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if take(self.last_mut()?) {
            self.pop()
        } else {
            None
        }
    }

    /// Appends what `values` yield.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; those before have been appended then.
    pub fn extend(
        &mut self,
        values: impl IntoIterator<Item = T>,
        flags: Flags,
    ) -> Result<(), AllocError> {
        let mut values = values.into_iter();
        self.reserve(values.size_hint().0, flags)?;
        values.try_for_each(|value| self.push(value, flags))
    }

    /// Appends clones of the row's own values in `range`, as far as it is within the row.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn extend_from_within(
        &mut self,
        range: impl RangeBounds<usize>,
        flags: Flags,
    ) -> Result<(), AllocError>
    where
        T: Clone,
    {
        let mut range = within(&range, self.len());
        self.reserve(range.len(), flags)?;
        range.try_for_each(|index| {
            let value = self.get(index)?.clone();
            self.push_within_capacity(value);
            Some(())
        });
        Ok(())
    }

    /// Moves the values of `other` to the end of this row.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn append(&mut self, other: &mut Self, flags: Flags) -> Result<(), AllocError> {
        self.reserve(other.len(), flags)?;
        other
            .drain(..)
            .for_each(|value| self.push_within_capacity(value));
        Ok(())
    }

    /// Takes the values from `index` on, as a row of their own.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn split_off(&mut self, index: usize, flags: Flags) -> Result<Self, AllocError> {
        let mut taken = Self::with_capacity(self.len().saturating_sub(index), flags)?;
        self.drain(index..)
            .for_each(|value| taken.push_within_capacity(value));
        Ok(taken)
    }

    /// Drops all but the first `length` values, or appends what `make` returns until there are so
    /// many.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn resize_with(
        &mut self,
        length: usize,
        flags: Flags,
        mut make: impl FnMut() -> T,
    ) -> Result<(), AllocError> {
        self.truncate(length);
        let more = length.saturating_sub(self.len());
        self.reserve(more, flags)?;
        (0..more).for_each(|_| self.push_within_capacity(make()));
        Ok(())
    }

    /// As [`resize_with`](Self::resize_with), with clones of `value`.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has changed then.
    pub fn resize(&mut self, length: usize, value: T, flags: Flags) -> Result<(), AllocError>
    where
        T: Clone,
    {
        self.resize_with(length, flags, || value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::GFP_KERNEL;
    use super::super::tests::{Chance, turns};
    use super::*;
    use std::rc::Rc;
    use std::vec::Vec;

    /// Whatever is done, it holds what std's `Vec` holds, and drops what that drops.
    #[test]
    fn it_is_as_std_s_vec() {
        let mut chance = Chance(7);
        let live = Rc::new(());
        let (mut ours, mut std) = (KVec::new(), Vec::new());
        for step in 0..turns(20_000) {
            let index = chance.below(std.len() + 2);
            let end = index + chance.below(std.len() + 2);
            match chance.below(9) {
                0..=2 => {
                    ours.insert(index, (step, live.clone()), GFP_KERNEL)
                        .unwrap();
                    std.insert(index.min(std.len()), step);
                }
                3 => {
                    let expected = (index < std.len()).then(|| std.swap_remove(index));
                    assert_eq!(ours.swap_remove(index).map(|value| value.0), expected);
                }
                4 => {
                    let kept = chance.below(9) + 1;
                    ours.retain(|value| value.0 % 10 != kept);
                    std.retain(|value| value % 10 != kept);
                }
                5 => {
                    let range = index.min(std.len())..end.min(std.len());
                    let mut expected = std.drain(range);
                    let mut drained = ours.drain(index..end);
                    assert_eq!(drained.len(), expected.len());
                    // From both ends, and not all of them.
                    assert_eq!(drained.next().map(|value| value.0), expected.next());
                    let last = drained.next_back().map(|value| value.0);
                    assert_eq!(last, expected.next_back());
                }
                6 => {
                    ours.dedup_by_key(|value| value.0 / 16);
                    std.dedup_by_key(|value| *value / 16);
                }
                7 => {
                    let mut taken = ours.split_off(index, GFP_KERNEL).unwrap();
                    let expected = std.split_off(index.min(std.len()));
                    assert!(taken.iter().map(|v| v.0).eq(expected.iter().copied()));
                    taken.shrink_to_fit(GFP_KERNEL).unwrap();
                    ours.append(&mut taken, GFP_KERNEL).unwrap();
                    assert!(taken.is_empty());
                    std.extend(expected);
                    ours.extend_from_within(..end.min(3), GFP_KERNEL).unwrap();
                    std.extend_from_within(..end.min(3).min(std.len()));
                }
                _ => {
                    let length = chance.below(60);
                    let make = || (step, live.clone());
                    ours.resize_with(length, GFP_KERNEL, make).unwrap();
                    std.resize(length, step);
                }
            }
            assert!(ours.iter().map(|value| value.0).eq(std.iter().copied()));
            assert_eq!(Rc::strong_count(&live), std.len() + 1);
        }
    }

    #[test]
    fn equal_neighbours_are_dropped() {
        let mut vec = KVec::new();
        vec.extend([1, 1, 2, 1, 3, 3, 3], GFP_KERNEL).unwrap();
        vec.dedup();
        assert_eq!(*vec, [1, 2, 1, 3]);
        // The second argument is the last one that stays.
        vec.dedup_by(|value, before| *value <= *before + 1);
        assert_eq!(*vec, [1, 3]);
        assert_eq!(vec.pop_if(|last| *last == 1), None);
        assert_eq!(vec.pop_if(|last| *last == 3), Some(3));
        vec.clear();
        vec.dedup();
        assert_eq!(vec.pop_if(|_| true), None);
    }

    #[test]
    fn ranges_end_with_the_row() {
        use core::ops::Bound::{Excluded, Unbounded};

        let numbers = || {
            let mut vec = KVec::new();
            vec.extend(0..5, GFP_KERNEL).unwrap();
            vec
        };
        let mut vec = numbers();
        assert_eq!(vec.drain(7..).len(), 0);
        assert_eq!(vec.drain(usize::MAX..=usize::MAX).len(), 0);
        let (start, end) = (4, 2);
        assert_eq!(vec.drain(start..end).len(), 0);
        assert!(vec.drain((Excluded(1), Unbounded)).eq(2..5));
        assert!(vec.drain(..=usize::MAX).rev().eq([1, 0]));
        assert!(vec.is_empty() && vec.capacity() >= 5);
        assert!(numbers().into_iter().rev().eq((0..5).rev()));
    }

    #[test]
    fn without_memory_all_stays() {
        let mut vec = KVec::from_elem(1, 4, GFP_KERNEL).unwrap();
        kmod_bindings::limit_allocations(0);
        vec.insert(1, 2, GFP_KERNEL).unwrap_err();
        vec.resize(100, 3, GFP_KERNEL).unwrap_err();
        vec.extend([1], GFP_KERNEL).unwrap_err();
        vec.extend_from_within(1.., GFP_KERNEL).unwrap_err();
        assert!(vec.split_off(1, GFP_KERNEL).is_err());
        KVec::new().append(&mut vec, GFP_KERNEL).unwrap_err();
        vec.resize(3, 0, GFP_KERNEL).unwrap();
        vec.shrink_to_fit(GFP_KERNEL).unwrap_err();
        assert_eq!(&*vec, &[1; 3]);
    }
}
