// SPDX-License-Identifier: GPL-2.0-only
//! A map in the order of its keys.
//!
//! It is the kernel's own red-black tree (`<linux/rbtree.h>`), as a C module would have it. The
//! [table of hashes](super::KHashMap) is our own, too: hashbrown links the `alloc` crate whatever its
//! features are, takes another allocator on nightly toolchains only, and has to be seeded before users
//! choose the keys.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, rb_node, rb_root};

use super::{AllocError, Flags, KBox};

/// A value, its key, and its place in the tree.
#[repr(C)]
pub(super) struct Node<K, V> {
    /// The first: so a pointer to it is one to the whole.
    pub link: rb_node,
    pub key: K,
    pub value: V,
}

/// A map in the order of its keys.
///
/// It is std's `BTreeMap`, with allocations that can fail: one for each value that is new. What is
/// found, put in or taken out costs a number of comparisons that grows with the logarithm of the
/// length, whatever keys a user chooses. It must not be dropped in atomic context if a node is
/// large: see [the module](super).
///
/// ```
/// use kmod_core::prelude::*;
///
/// #[derive(Default)]
/// struct Visits(Mutex<KMap<u32, u64>>);
///
/// impl Visits {
///     /// Counts a visit of this user, and says how many there were before.
///     fn count(&self, caller: Caller<'_>) -> Result<u64> {
///         let mut visits = self.0.lock();
///         let count = visits.entry(caller.uid()).or_insert(0, GFP_KERNEL)?;
///         *count += 1;
///         Ok(*count - 1)
///     }
/// }
/// ```
///
/// # Invariants
///
/// Each node of the tree is a `Node<K, V>` at the beginning of which its link is: a box that was
/// given up by `KBox::into_raw`, and that nobody else refers to. There are `length` of them.
pub struct KMap<K, V> {
    root: rb_root,
    length: usize,
    owned: PhantomData<KBox<Node<K, V>>>,
}

// SAFETY: It owns its keys and values as a row of them would.
unsafe impl<K: Send, V: Send> Send for KMap<K, V> {}
// SAFETY: A `&KMap` gives shared references to keys and values, and no more.
unsafe impl<K: Sync, V: Sync> Sync for KMap<K, V> {}

/// Where a key that is not there would be.
pub(super) struct Vacancy {
    parent: *mut rb_node,
    side: Ordering,
}

impl<K, V> KMap<K, V> {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self {
            root: rb_root {
                rb_node: ptr::null_mut(),
            },
            length: 0,
            owned: PhantomData,
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_key_value(key).map(|(_, value)| value)
    }

    /// The value of `key`, and the key as the map has it.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let node = self.find(key).ok()?;
        // SAFETY: It is a node (invariant), and `self` is borrowed.
        let node = unsafe { node.as_ref() };
        Some((&node.key, &node.value))
    }

    /// The value of `key`, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let mut node = self.find(key).ok()?;
        // SAFETY: It is a node (invariant), and `self` is borrowed mutably.
        Some(unsafe { &mut node.as_mut().value })
    }

    /// Whether there is a value of `key`.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a value in, and returns the one that had this key before. For one that was there, no
    /// memory is needed; the key stays as it was.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; key and value are dropped.
    pub fn insert(&mut self, key: K, value: V, flags: Flags) -> Result<Option<V>, AllocError>
    where
        K: Ord,
    {
        match self.find(&key) {
            Ok(mut node) => {
                // SAFETY: It is a node (invariant), and `self` is borrowed mutably.
                let there = unsafe { &mut node.as_mut().value };
                Ok(Some(core::mem::replace(there, value)))
            }
            Err(place) => {
                // SAFETY: The key has been looked for just now.
                unsafe { self.link(place, key, value, flags) }?;
                Ok(None)
            }
        }
    }

    /// Puts in what `values` yield; of several values of one key the last one stays.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; those before have been put in then.
    pub fn extend(
        &mut self,
        values: impl IntoIterator<Item = (K, V)>,
        flags: Flags,
    ) -> Result<(), AllocError>
    where
        K: Ord,
    {
        values
            .into_iter()
            .try_for_each(|(key, value)| self.insert(key, value, flags).map(drop))
    }

    /// Takes out the value of `key`.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.remove_entry(key).map(|(_, value)| value)
    }

    /// Takes out the value of `key`, and the key.
    pub fn remove_entry<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        let node = self.find(key).ok()?;
        // SAFETY: It is a node of this map.
        Some(unsafe { self.unlink(node) })
    }

    /// The least key and its value.
    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    /// The greatest key and its value.
    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next_back()
    }

    /// Takes out the least key and its value.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        let node = self.first(|_| true)?;
        // SAFETY: It is a node of this map.
        Some(unsafe { self.unlink(node) })
    }

    /// Takes out the greatest key and its value.
    pub fn pop_last(&mut self) -> Option<(K, V)> {
        let node = self.last(|_| true)?;
        // SAFETY: It is a node of this map.
        Some(unsafe { self.unlink(node) })
    }

    /// Drops all values for which `keep` is false, in the order of their keys.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        let mut walk = self.walk();
        while let Some(mut node) = walk.next() {
            // SAFETY: It is a node (invariant), and `self` is borrowed mutably.
            let Node { key, value, .. } = unsafe { node.as_mut() };
            if !keep(key, value) {
                // SAFETY: It is a node of this map, and the walk is at the next one.
                drop(unsafe { self.unlink(node) });
            }
        }
    }

    /// Drops all keys and values.
    pub fn clear(&mut self) {
        while self.pop_first().is_some() {}
    }

    /// The same keys and values once more.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn try_clone(&self, flags: Flags) -> Result<Self, AllocError>
    where
        K: Clone + Ord,
        V: Clone,
    {
        let mut clone = Self::new();
        let values = self.iter().map(|(key, value)| (key.clone(), value.clone()));
        clone.extend(values, flags)?;
        Ok(clone)
    }

    /// The node of `key`, or where it would be.
    pub(super) fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<NonNull<Node<K, V>>, Vacancy>
    where
        K: Borrow<Q>,
    {
        let mut parent = ptr::null_mut();
        let mut side = Ordering::Equal;
        let mut next = self.root.rb_node;
        while let Some(node) = NonNull::new(next.cast::<Node<K, V>>()) {
            // SAFETY: It is a node (invariant), and `self` is borrowed.
            let there = unsafe { node.as_ref() };
            parent = next;
            side = key.cmp(there.key.borrow());
            next = match side {
                Ordering::Less => there.link.rb_left,
                Ordering::Equal => return Ok(node),
                Ordering::Greater => there.link.rb_right,
            };
        }
        Err(Vacancy { parent, side })
    }

    /// Puts a new node in.
    ///
    /// # Safety
    ///
    /// `place` is from [`find`](Self::find), and nothing has been put in or taken out since.
    pub(super) unsafe fn link(
        &mut self,
        place: Vacancy,
        key: K,
        value: V,
        flags: Flags,
    ) -> Result<NonNull<Node<K, V>>, AllocError> {
        let Vacancy { parent, side } = place;
        let link = rb_node {
            __rb_parent_color: 0,
            rb_right: ptr::null_mut(),
            rb_left: ptr::null_mut(),
        };
        let node = KBox::into_raw(KBox::new(Node { link, key, value }, flags)?);
        let at = match side {
            _ if parent.is_null() => &raw mut self.root.rb_node,
            // SAFETY: `place` is from `find` (this function's contract): `parent` is a node of the tree.
            Ordering::Less => unsafe { &raw mut (*parent).rb_left },
            // SAFETY: `parent` is a node of the tree (this function's contract).
            _ => unsafe { &raw mut (*parent).rb_right },
        };
        // SAFETY: The node is new, and the search for its key ended at this link, which is NULL.
        unsafe { bindings::kmod_rb_insert(node.cast(), parent, at, &raw mut self.root) };
        // INVARIANT: There is a node more, which was a box. As many as memory holds can be counted.
        self.length = self.length.wrapping_add(1);
        // SAFETY: `into_raw` never gives NULL.
        Ok(unsafe { NonNull::new_unchecked(node) })
    }

    /// Takes a node out.
    ///
    /// # Safety
    ///
    /// It is one of this map, and nobody uses it any more.
    pub(super) unsafe fn unlink(&mut self, node: NonNull<Node<K, V>>) -> (K, V) {
        // SAFETY: It is a node of this tree (the caller's promise).
        unsafe { bindings::rb_erase(node.as_ptr().cast(), &raw mut self.root) };
        // INVARIANT: There is a node less.
        self.length = self.length.wrapping_sub(1);
        // SAFETY: It was given up by `into_raw` (invariant), and is in no tree any more.
        let node = unsafe { KBox::from_raw(node.as_ptr()) };
        let Node { key, value, .. } = KBox::into_inner(node);
        (key, value)
    }

    /// The first node whose key is one of those of which `is_after` is true: the last ones.
    pub(super) fn first(&self, is_after: impl Fn(&K) -> bool) -> Option<NonNull<Node<K, V>>> {
        self.last_on_way(|key| match is_after(key) {
            true => (true, Ordering::Less),
            false => (false, Ordering::Greater),
        })
    }

    /// The last node whose key is one of those of which `is_before` is true: the first ones.
    pub(super) fn last(&self, is_before: impl Fn(&K) -> bool) -> Option<NonNull<Node<K, V>>> {
        self.last_on_way(|key| match is_before(key) {
            true => (true, Ordering::Greater),
            false => (false, Ordering::Less),
        })
    }

    /// Goes down the tree, to the side that `way` says; the last node there that may be the one.
    fn last_on_way(&self, way: impl Fn(&K) -> (bool, Ordering)) -> Option<NonNull<Node<K, V>>> {
        let mut found = None;
        let mut next = self.root.rb_node;
        while let Some(node) = NonNull::new(next.cast::<Node<K, V>>()) {
            // SAFETY: It is a node (invariant), and `self` is borrowed.
            let there = unsafe { node.as_ref() };
            let (may_be, side) = way(&there.key);
            if may_be {
                found = Some(node);
            }
            next = match side {
                Ordering::Less => there.link.rb_left,
                _ => there.link.rb_right,
            };
        }
        found
    }
}

impl<K, V> Drop for KMap<K, V> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<K, V> Default for KMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for KMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for KMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length && self.iter().eq(other)
    }
}

impl<K: Eq, V: Eq> Eq for KMap<K, V> {}
