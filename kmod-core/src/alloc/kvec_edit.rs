// SPDX-License-Identifier: GPL-2.0-only
//! Changes in the middle of a [`KVec`], and of its length.
//!
//! None of these panics for an index, as std's do: what is said at each holds instead.

use super::{AllocError, Flags, KVec};

impl<T> KVec<T> {
    /// Puts `value` at `index`; those from there on move down. At an index behind the end it is
    /// put at the end.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn insert(&mut self, index: usize, value: T, flags: Flags) -> Result<(), AllocError> {
        self.push(value, flags)?;
        // The last one, which is the new one, goes round to the front of those that move.
        if let Some(moved) = self.get_mut(index..) {
            moved.rotate_right(usize::from(!moved.is_empty()));
        }
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
    use super::*;
    use std::rc::Rc;
    use std::vec::Vec;

    /// Numbers that are the same in each run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (self.0 >> 33) as usize % end
        }
    }

    /// Whatever is done, it holds what std's `Vec` holds, and drops what that drops.
    #[test]
    fn it_is_as_std_s_vec() {
        let mut chance = Chance(7);
        let live = Rc::new(());
        let (mut ours, mut std) = (KVec::new(), Vec::new());
        for step in 0..20_000 {
            let index = chance.below(std.len() + 2);
            match chance.below(6) {
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
    fn without_memory_all_stays() {
        let mut vec = KVec::from_elem(1, 4, GFP_KERNEL).unwrap();
        kmod_bindings::limit_allocations(0);
        vec.insert(1, 2, GFP_KERNEL).unwrap_err();
        vec.resize(100, 3, GFP_KERNEL).unwrap_err();
        vec.resize(3, 0, GFP_KERNEL).unwrap();
        assert_eq!(&*vec, &[1; 3]);
    }
}
