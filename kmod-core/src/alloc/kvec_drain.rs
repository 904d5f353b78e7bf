// SPDX-License-Identifier: GPL-2.0-only
//! Values that are taken out of a [`KVec`], one after the other.

use core::iter::FusedIterator;
use core::ops::RangeBounds;
use core::ptr;

use super::{KVec, within};

impl<T> KVec<T> {
    /// Takes out the values in `range`, as far as it is within the row: the iterator yields them,
    /// and drops the others of them at its end. If it is leaked, the row has lost all values from
    /// the range's start on.
    ///
    /// ```
    /// use kmod_core::prelude::*;
    ///
    /// /// The next `n` of those that wait.
    /// fn serve(waiting: &mut KVec<u32>, n: usize) -> u32 {
    ///     waiting.drain(..n).sum()
    /// }
    /// ```
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, T> {
        let length = self.len();
        let range = within(&range, length);
        // SAFETY: The first of the values are initialised, as all are.
        unsafe { self.set_length(range.start) };
        // INVARIANT: All values are there, and those from the start on are not the row's any more.
        Drain {
            row: self,
            next: range.start,
            end: range.end,
            tail: range.end,
            length,
        }
    }
}

/// Values that are taken out of a [`KVec`]: see [`KVec::drain`].
///
/// # Invariants
///
/// Of the row's memory, the values from `next` to before `end`, and from `tail` to before `length`,
/// are initialised and this one's; before all of them are the row's own.
pub struct Drain<'a, T> {
    row: &'a mut KVec<T>,
    next: usize,
    end: usize,
    tail: usize,
    length: usize,
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        let place = self.row.start().wrapping_add(self.next);
        self.next = self.next.wrapping_add(1);
        // SAFETY: By the invariant, and it is not one of them any more.
        Some(unsafe { place.read() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.wrapping_sub(self.next);
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        self.end = self.end.wrapping_sub(1);
        // SAFETY: By the invariant it was initialised, and it is not one of them any more.
        Some(unsafe { self.row.start().wrapping_add(self.end).read() })
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}

impl<T> FusedIterator for Drain<'_, T> {}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let left = self.row.start().wrapping_add(self.next);
        let left = ptr::slice_from_raw_parts_mut(left, self.len());
        // SAFETY: By the invariant, and nobody uses them afterwards.
        unsafe { left.drop_in_place() };
        let kept = self.row.len();
        let to = self.row.start().wrapping_add(kept);
        let tail = self.row.start().wrapping_add(self.tail);
        let length = self.length.wrapping_sub(self.tail);
        // SAFETY: By the invariant there are as many, and before them is room that nobody uses.
        unsafe { to.copy_from(tail, length) };
        // SAFETY: They have just been moved there, behind the row's own.
        unsafe { self.row.set_length(kept.wrapping_add(length)) };
    }
}
