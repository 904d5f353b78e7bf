// SPDX-License-Identifier: GPL-2.0-only
//! The values of a [`KVecDeque`], one after the other.

use core::iter::{Chain, FusedIterator};
use core::ops::RangeBounds;
use core::slice;

use super::{KVecDeque, within};

impl<T> KVecDeque<T> {
    /// The values, from the first to the last.
    pub fn iter(&self) -> Chain<slice::Iter<'_, T>, slice::Iter<'_, T>> {
        let (first, second) = self.as_slices();
        first.iter().chain(second)
    }

    /// The values, from the first to the last, to change them.
    pub fn iter_mut(&mut self) -> Chain<slice::IterMut<'_, T>, slice::IterMut<'_, T>> {
        let (first, second) = self.as_mut_slices();
        first.iter_mut().chain(second)
    }

    /// Takes out the values in `range`, as far as it is within the queue: the iterator yields them,
    /// and drops the others of them at its end. If it is leaked, the queue has lost all values from
    /// the range's start on.
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, T> {
        let length = self.len();
        let range = within(&range, length);
        // SAFETY: The first of the values are there, as all are.
        unsafe { self.set_values(0, range.start) };
        // INVARIANT: All values are there, and those from the start on are not the queue's any more.
        Drain {
            queue: self,
            next: range.start,
            end: range.end,
            tail: range.end,
            length,
        }
    }
}

impl<'a, T> IntoIterator for &'a KVecDeque<T> {
    type Item = &'a T;
    type IntoIter = Chain<slice::Iter<'a, T>, slice::Iter<'a, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut KVecDeque<T> {
    type Item = &'a mut T;
    type IntoIter = Chain<slice::IterMut<'a, T>, slice::IterMut<'a, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> IntoIterator for KVecDeque<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

/// The values of a [`KVecDeque`], one after the other.
pub struct IntoIter<T>(KVecDeque<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        self.0.pop_back()
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<T> FusedIterator for IntoIter<T> {}

/// Values that are taken out of a [`KVecDeque`]: see [`KVecDeque::drain`].
///
/// # Invariants
///
/// The queue's slots from `next` to before `end`, and from `tail` to before `length`, have values,
/// which are this one's; all before them are the queue's own. They are counted from its head.
pub struct Drain<'a, T> {
    queue: &'a mut KVecDeque<T>,
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
        let value = self.queue.take(self.next);
        self.next = self.next.wrapping_add(1);
        // SAFETY: By the invariant, and it is not one of them any more.
        Some(unsafe { value.assume_init() })
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
        let value = self.queue.take(self.end);
        // SAFETY: By the invariant it was there, and it is not one of them any more.
        Some(unsafe { value.assume_init() })
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}

impl<T> FusedIterator for Drain<'_, T> {}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        self.by_ref().for_each(drop);
        let kept = self.queue.len();
        let behind = self.length.wrapping_sub(self.tail);
        if kept == 0 {
            // SAFETY: By the invariant, what is behind has values, and is all that there is.
            return unsafe { self.queue.set_values(self.tail, behind) };
        }
        for index in 0..behind {
            let value = self.queue.take(self.tail.wrapping_add(index));
            self.queue.put(kept.wrapping_add(index), value);
        }
        // SAFETY: What was behind has been moved there, behind the queue's own.
        unsafe { self.queue.set_values(0, kept.wrapping_add(behind)) };
    }
}
