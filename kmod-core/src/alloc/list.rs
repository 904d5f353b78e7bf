// SPDX-License-Identifier: GPL-2.0-only
//! A linked list.

use core::fmt;
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

use super::{AllocError, Flags, KBox};

/// A linked list: a FIFO with [`push_back`](List::push_back), a LIFO with
/// [`push_front`](List::push_front). All that it does but walking takes the same time, however long it
/// is.
///
/// It is dropped in a loop, node by node. A list of one's own, made of `Option<KBox<Node>>`, is
/// dropped by recursion: a function call deep for each node, which overflows the kernel's stack at
/// some hundred nodes. The build refuses that (rule `recursion` of `cargo kmod verify`).
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// Numbers that somebody writes, and somebody else reads in the same order.
/// #[derive(Default)]
/// struct Queue(Mutex<List<u32>>);
///
/// impl Queue {
///     fn put(&self, number: u32) -> Result {
///         self.0.lock().push_back(number, GFP_KERNEL)?;
///         Ok(())
///     }
///
///     fn take(&self) -> Option<u32> {
///         self.0.lock().pop_front()
///     }
/// }
///
/// # fn main() -> Result {
/// let queue = Queue::default();
/// queue.put(1)?;
/// queue.put(2)?;
/// assert_eq!(queue.take(), Some(1));
/// # Ok(())
/// # }
/// ```
///
/// Under a spin lock nothing may sleep: make the node before, as a list of one value, and
/// [`append`](List::append) it under the lock.
///
/// # Invariants
/// From `first`, `next` by `next`, all nodes are reached, each once, and the last of them is `last`;
/// without nodes both are `None`. Each node was leaked by a [`KBox`], and nobody else owns it.
pub struct List<T> {
    first: Option<NonNull<Node<T>>>,
    last: Option<NonNull<Node<T>>>,
    owned: PhantomData<KBox<Node<T>>>,
}

struct Node<T> {
    next: Option<NonNull<Self>>,
    value: T,
}

// SAFETY: The list owns its values, and its nodes are nobody else's (invariant).
unsafe impl<T: Send> Send for List<T> {}
// SAFETY: By a shared reference to the list only shared references to its values are had.
unsafe impl<T: Sync> Sync for List<T> {}

impl<T> List<T> {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self {
            first: None,
            last: None,
            owned: PhantomData,
        }
    }

    /// A list of one value.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn of(value: T, flags: Flags) -> Result<Self, AllocError> {
        Ok(Self::of_node(KBox::new(Node { next: None, value }, flags)?))
    }

    /// Whether it has no value.
    pub const fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Puts a value behind the last one.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn push_back(&mut self, value: T, flags: Flags) -> Result<(), AllocError> {
        self.append(&mut Self::of(value, flags)?);
        Ok(())
    }

    /// Puts a value before the first one.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn push_front(&mut self, value: T, flags: Flags) -> Result<(), AllocError> {
        let mut list = Self::of(value, flags)?;
        list.append(self);
        mem::swap(self, &mut list);
        Ok(())
    }

    /// Moves the values of `other` behind the last one. It takes no memory.
    pub fn append(&mut self, other: &mut Self) {
        let Some(first) = other.first.take() else {
            return;
        };
        match self.last {
            // SAFETY: The node is the list's own (invariant), which is borrowed mutably.
            Some(mut last) => unsafe { last.as_mut() }.next = Some(first),
            None => self.first = Some(first),
        }
        self.last = other.last.take();
    }

    /// Takes the first value.
    pub fn pop_front(&mut self) -> Option<T> {
        self.pop().map(|node| KBox::into_inner(node).value)
    }

    /// The first value.
    pub fn front(&self) -> Option<&T> {
        self.iter().next()
    }

    /// The first value, to be changed.
    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.iter_mut().next()
    }

    /// Drops all values, one after the other.
    pub fn clear(&mut self) {
        // In its place: values may be large.
        while self.pop().is_some() {}
    }

    /// Keeps the values of which `keep` says so; the others are dropped at once.
    pub fn retain(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        let mut kept = Self::new();
        while let Some(mut node) = self.pop() {
            if keep(&mut node.value) {
                kept.append(&mut Self::of_node(node));
            }
        }
        mem::swap(self, &mut kept);
    }

    /// The values, from the first to the last.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            next: self.first,
            list: PhantomData,
        }
    }

    /// The values, to be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut {
            next: self.first,
            list: PhantomData,
        }
    }

    /// A list of a node that is in none.
    fn of_node(node: KBox<Node<T>>) -> Self {
        let node = NonNull::from(KBox::leak(node));
        Self {
            first: Some(node),
            last: Some(node),
            owned: PhantomData,
        }
    }

    /// Takes the first node, which has no next one any more.
    fn pop(&mut self) -> Option<KBox<Node<T>>> {
        let first = self.first?;
        // SAFETY: A box leaked it, and by the invariant nobody else takes it back: below, the list
        // forgets it.
        let mut node = unsafe { KBox::from_raw(first.as_ptr()) };
        self.first = node.next.take();
        if self.first.is_none() {
            self.last = None;
        }
        Some(node)
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The values of a [`List`], from the first to the last.
///
/// # Invariants
/// `next` is a node of a list that is borrowed for `'a`.
pub struct Iter<'a, T> {
    next: Option<NonNull<Node<T>>>,
    list: PhantomData<&'a List<T>>,
}

// SAFETY: It is a shared reference to the list, which may be sent where that is `Sync`.
unsafe impl<T: Sync> Send for Iter<'_, T> {}
// SAFETY: By a shared reference to it nothing is had but its clones, which are such references, too.
unsafe impl<T: Sync> Sync for Iter<'_, T> {}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let node = self.next?;
        // SAFETY: It is a node of a list that is borrowed for `'a` (invariant).
        let node = unsafe { node.as_ref() };
        self.next = node.next;
        Some(&node.value)
    }
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

/// The values of a [`List`], to be changed.
///
/// # Invariants
/// `next` is a node of a list that is borrowed mutably for `'a`, and neither it nor one behind it has
/// been given out.
pub struct IterMut<'a, T> {
    next: Option<NonNull<Node<T>>>,
    list: PhantomData<&'a mut List<T>>,
}

// SAFETY: It is a mutable reference to the list, which may be sent where the list may.
unsafe impl<T: Send> Send for IterMut<'_, T> {}
// SAFETY: By a shared reference to it nothing is had.
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}

impl<'a, T> Iterator for IterMut<'a, T> {
    type Item = &'a mut T;

    fn next(&mut self) -> Option<&'a mut T> {
        let mut node = self.next?;
        // SAFETY: It is a node of a list that is borrowed mutably for `'a`, and this is the only
        // reference to it (invariant).
        let node = unsafe { node.as_mut() };
        self.next = node.next;
        Some(&mut node.value)
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
