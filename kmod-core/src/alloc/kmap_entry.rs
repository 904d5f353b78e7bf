// SPDX-License-Identifier: GPL-2.0-only
//! One key of a [`KMap`], whether it has a value or not: it is looked for once.

use core::ptr::NonNull;

use super::kmap::{Node, Vacancy};
use super::{AllocError, Flags, KMap};

impl<K: Ord, V> KMap<K, V> {
    /// What there is of `key`, to be changed or put in.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.find(&key) {
            Ok(node) => Entry::Occupied(OccupiedEntry { map: self, node }),
            Err(place) => Entry::Vacant(VacantEntry {
                map: self,
                place,
                key,
            }),
        }
    }
}

/// What a [`KMap`] has of a key.
pub enum Entry<'a, K, V> {
    /// A value.
    Occupied(OccupiedEntry<'a, K, V>),
    /// None.
    Vacant(VacantEntry<'a, K, V>),
}

impl<'a, K, V> Entry<'a, K, V> {
    /// The key.
    pub fn key(&self) -> &K {
        match self {
            Self::Occupied(entry) => entry.key(),
            Self::Vacant(entry) => entry.key(),
        }
    }

    /// Changes the value, if there is one.
    pub fn and_modify(mut self, change: impl FnOnce(&mut V)) -> Self {
        if let Self::Occupied(entry) = &mut self {
            change(entry.get_mut());
        }
        self
    }

    /// The value; `value` is put in if there is none.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory for it; it is dropped.
    pub fn or_insert(self, value: V, flags: Flags) -> Result<&'a mut V, AllocError> {
        self.or_insert_with(flags, || value)
    }

    /// The value; what `make` returns is put in if there is none.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory for it; it is dropped.
    pub fn or_insert_with(
        self,
        flags: Flags,
        make: impl FnOnce() -> V,
    ) -> Result<&'a mut V, AllocError> {
        match self {
            Self::Occupied(entry) => Ok(entry.into_mut()),
            Self::Vacant(entry) => entry.insert(make(), flags),
        }
    }

    /// The value; `V`'s default is put in if there is none.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory for it.
    pub fn or_default(self, flags: Flags) -> Result<&'a mut V, AllocError>
    where
        V: Default,
    {
        self.or_insert_with(flags, V::default)
    }
}

/// A key that has a value.
///
/// # Invariants
///
/// `node` is one of `map`'s.
pub struct OccupiedEntry<'a, K, V> {
    map: &'a mut KMap<K, V>,
    node: NonNull<Node<K, V>>,
}

impl<'a, K, V> OccupiedEntry<'a, K, V> {
    /// The key, as the map has it.
    pub fn key(&self) -> &K {
        // SAFETY: By the invariant, and the map is borrowed.
        unsafe { &self.node.as_ref().key }
    }

    /// The value.
    pub fn get(&self) -> &V {
        // SAFETY: By the invariant, and the map is borrowed.
        unsafe { &self.node.as_ref().value }
    }

    /// The value, to change it.
    pub fn get_mut(&mut self) -> &mut V {
        // SAFETY: By the invariant, and the map is borrowed mutably.
        unsafe { &mut self.node.as_mut().value }
    }

    /// The value, to change it for as long as the map is borrowed.
    pub fn into_mut(mut self) -> &'a mut V {
        // SAFETY: By the invariant, and the map stays borrowed mutably.
        unsafe { &mut self.node.as_mut().value }
    }

    /// Puts another value in, and returns the one that was there.
    pub fn insert(&mut self, value: V) -> V {
        core::mem::replace(self.get_mut(), value)
    }

    /// Takes the value out.
    pub fn remove(self) -> V {
        self.remove_entry().1
    }

    /// Takes key and value out.
    pub fn remove_entry(self) -> (K, V) {
        // SAFETY: By the invariant, and this entry is gone.
        unsafe { self.map.unlink(self.node) }
    }
}

/// A key that has no value.
///
/// # Invariants
///
/// `place` is from a search for the key in `map`, which has not changed since.
pub struct VacantEntry<'a, K, V> {
    map: &'a mut KMap<K, V>,
    place: Vacancy,
    key: K,
}

impl<'a, K, V> VacantEntry<'a, K, V> {
    /// The key.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// The key, which is not put in.
    pub fn into_key(self) -> K {
        self.key
    }

    /// Puts a value in.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory for it; key and value are dropped.
    pub fn insert(self, value: V, flags: Flags) -> Result<&'a mut V, AllocError> {
        // SAFETY: By the invariant.
        let mut node = unsafe { self.map.link(self.place, self.key, value, flags) }?;
        // SAFETY: It is a node now, and the map stays borrowed mutably.
        Ok(unsafe { &mut node.as_mut().value })
    }
}
