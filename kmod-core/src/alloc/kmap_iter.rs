// SPDX-License-Identifier: GPL-2.0-only
//! Keys and values of a [`KMap`], in the order of the keys.

use core::borrow::Borrow;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::{Bound, RangeBounds};
use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::KMap;
use super::kmap::Node;

/// The nodes from one to another, both included.
///
/// # Invariants
///
/// Each is a node of a tree, and stays there until the walk has left it; without one of them, there
/// is nothing left.
pub(super) struct Walk<K, V> {
    first: Option<NonNull<Node<K, V>>>,
    last: Option<NonNull<Node<K, V>>>,
}

impl<K, V> Walk<K, V> {
    /// The next node. The walk has left it, so it may be taken out.
    pub(super) fn next(&mut self) -> Option<NonNull<Node<K, V>>> {
        let (node, _) = self.first.zip(self.last)?;
        if self.first == self.last {
            (self.first, self.last) = (None, None);
        } else {
            // SAFETY: It is a node of a tree (invariant).
            let next = unsafe { bindings::rb_next(node.as_ptr().cast()) };
            // INVARIANT: It is a node of the same tree, or none.
            self.first = NonNull::new(next.cast());
        }
        Some(node)
    }

    /// The last node that is left.
    fn next_back(&mut self) -> Option<NonNull<Node<K, V>>> {
        let (_, node) = self.first.zip(self.last)?;
        if self.first == self.last {
            (self.first, self.last) = (None, None);
        } else {
            // SAFETY: It is a node of a tree (invariant).
            let before = unsafe { bindings::rb_prev(node.as_ptr().cast()) };
            // INVARIANT: It is a node of the same tree, or none.
            self.last = NonNull::new(before.cast());
        }
        Some(node)
    }
}

impl<K, V> KMap<K, V> {
    /// All nodes.
    pub(super) fn walk(&self) -> Walk<K, V> {
        // INVARIANT: They are nodes of this tree.
        Walk {
            first: self.first(|_| true),
            last: self.last(|_| true),
        }
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter {
            walk: self.walk(),
            left: self.len(),
            map: PhantomData,
        }
    }

    /// Keys and values, in the order of the keys; the values can be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut {
            walk: self.walk(),
            left: self.len(),
            map: PhantomData,
        }
    }

    /// The keys, in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The values, in the order of their keys, to change them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }

    /// The keys that are within `range`, and their values. A range whose end is before its start
    /// has none.
    pub fn range<Q: Ord + ?Sized>(
        &self,
        range: impl RangeBounds<Q>,
    ) -> impl DoubleEndedIterator<Item = (&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (start, end) = (range.start_bound(), range.end_bound());
        let is_after = |key: &K| match start {
            Bound::Included(start) => key.borrow() >= start,
            Bound::Excluded(start) => key.borrow() > start,
            Bound::Unbounded => true,
        };
        let is_before = |key: &K| match end {
            Bound::Included(end) => key.borrow() <= end,
            Bound::Excluded(end) => key.borrow() < end,
            Bound::Unbounded => true,
        };
        let (first, last) = (self.first(is_after), self.last(is_before));
        // SAFETY: They are nodes of this map, which is borrowed.
        let key = |node: NonNull<Node<K, V>>| unsafe { &(*node.as_ptr()).key };
        let walk = match (first, last) {
            (Some(first), Some(last)) if key(first).borrow() <= key(last).borrow() => Walk {
                first: Some(first),
                last: Some(last),
            },
            _ => Walk {
                first: None,
                last: None,
            },
        };
        Range {
            walk,
            map: PhantomData,
        }
    }
}

/// Keys and values of a [`KMap`]: see [`KMap::iter`].
///
/// # Invariants
///
/// `walk` has `left` nodes, of a map that is borrowed.
pub struct Iter<'a, K, V> {
    walk: Walk<K, V>,
    left: usize,
    map: PhantomData<&'a KMap<K, V>>,
}

/// Keys and values of a [`KMap`]: see [`KMap::iter_mut`].
///
/// # Invariants
///
/// `walk` has `left` nodes, of a map that is borrowed mutably, and yields each of them once.
pub struct IterMut<'a, K, V> {
    walk: Walk<K, V>,
    left: usize,
    map: PhantomData<&'a mut KMap<K, V>>,
}

/// Some keys and values of a [`KMap`]: see [`KMap::range`].
///
/// # Invariants
///
/// `walk` has nodes of a map that is borrowed.
struct Range<'a, K, V> {
    walk: Walk<K, V>,
    map: PhantomData<&'a KMap<K, V>>,
}

/// A node's key and value.
///
/// # Safety
///
/// It is one of a map that is borrowed for `'a`.
unsafe fn shared<'a, K, V>(node: NonNull<Node<K, V>>) -> (&'a K, &'a V) {
    // SAFETY: It is a node of a map that is borrowed for `'a` (this function's contract).
    let node = unsafe { node.as_ref() };
    (&node.key, &node.value)
}

/// A node's key and value, to change that.
///
/// # Safety
///
/// It is one of a map that is borrowed mutably for `'a`, and this is its only call for the node.
unsafe fn exclusive<'a, K, V>(node: NonNull<Node<K, V>>) -> (&'a K, &'a mut V) {
    // SAFETY: It is a node of a map that is borrowed mutably for `'a`, and of no other call (this
    // function's contract); the links, which the map's other nodes lead to, stay out.
    let key = unsafe { &(*node.as_ptr()).key };
    // SAFETY: The map is borrowed mutably, and this is the only call for the node (this function's
    // contract).
    let value = unsafe { &mut (*node.as_ptr()).value };
    (key, value)
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.walk.next()?;
        self.left = self.left.wrapping_sub(1);
        // SAFETY: By the invariant.
        Some(unsafe { shared(node) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let node = self.walk.next_back()?;
        self.left = self.left.wrapping_sub(1);
        // SAFETY: By the invariant.
        Some(unsafe { shared(node) })
    }
}

impl<'a, K, V> Iterator for IterMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.walk.next()?;
        self.left = self.left.wrapping_sub(1);
        // SAFETY: By the invariant.
        Some(unsafe { exclusive(node) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<K, V> DoubleEndedIterator for IterMut<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let node = self.walk.next_back()?;
        self.left = self.left.wrapping_sub(1);
        // SAFETY: By the invariant.
        Some(unsafe { exclusive(node) })
    }
}

impl<'a, K, V> Iterator for Range<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        // SAFETY: By the invariant.
        Some(unsafe { shared(self.walk.next()?) })
    }
}

impl<K, V> DoubleEndedIterator for Range<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        // SAFETY: By the invariant.
        Some(unsafe { shared(self.walk.next_back()?) })
    }
}

/// Keys and values of a [`KMap`] that is gone, in the order of the keys.
pub struct IntoIter<K, V>(KMap<K, V>);

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        self.0.pop_first()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl<K, V> DoubleEndedIterator for IntoIter<K, V> {
    fn next_back(&mut self) -> Option<(K, V)> {
        self.0.pop_last()
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}
impl<K, V> ExactSizeIterator for IterMut<'_, K, V> {}
impl<K, V> ExactSizeIterator for IntoIter<K, V> {}
impl<K, V> FusedIterator for Iter<'_, K, V> {}
impl<K, V> FusedIterator for IterMut<'_, K, V> {}
impl<K, V> FusedIterator for IntoIter<K, V> {}

impl<'a, K, V> IntoIterator for &'a KMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut KMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

impl<K, V> IntoIterator for KMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter(self)
    }
}
