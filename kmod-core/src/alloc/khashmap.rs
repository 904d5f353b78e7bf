// SPDX-License-Identifier: GPL-2.0-only
//! A map in no order.
//!
//! A table of slots, one behind the other, in which a key stands as near as may be behind the place
//! that its hash says: what C does with `<linux/hashtable.h>`, but that it grows. For hashbrown see
//! [`KMap`](super::KMap)'s file.

use core::borrow::Borrow;
use core::fmt;
use core::hash::{BuildHasher, Hash};
use core::mem;

use super::siphash::SipHasher;
use super::{AllocError, Flags, KVec};

/// A key with its value, and the hash of it.
struct Pair<K, V> {
    hash: u64,
    key: K,
    value: V,
}

/// A map in no order: std's `HashMap`, with allocations that can fail.
///
/// What is found, put in or taken out costs a hash and hardly more than one comparison, however many
/// there are. When it is full it doubles, and all are moved: [`reserve`](Self::reserve) does so
/// before. A [`KMap`](super::KMap) allocates for each value alone, never moves any, and has an order.
///
/// Hashes are SipHash's, with a secret of each map's from the kernel's random numbers: users who
/// choose the keys cannot have them fall together.
///
/// ```
/// use kmod_core::prelude::*;
///
/// let mut names = KHashMap::new();
/// names.insert(7, "seven", GFP_KERNEL)?;
/// assert_eq!(names.get(&7), Some(&"seven"));
/// assert_eq!(names.remove(&8), None);
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// The number of slots is 0 or a power of two, and so many of them are free that a search comes to
/// one. From the slot that a key's hash says up to that in which the key is, none is free. (They are
/// not leant on by any
/// `unsafe`: a `Hash` or an `Eq` that is wrong loses values, and does no more.)
pub struct KHashMap<K, V> {
    slots: KVec<Option<Pair<K, V>>>,
    length: usize,
    secret: Secret,
}

/// What hashes of one map begin with.
#[derive(Clone, Copy)]
struct Secret([u64; 2]);

impl BuildHasher for Secret {
    type Hasher = SipHasher;

    fn build_hasher(&self) -> SipHasher {
        SipHasher::new(self.0)
    }
}

/// The least number of slots.
const LEAST: usize = 8;

/// The slots for so many values, of which at most three in four are taken.
fn slots_for(values: usize) -> Result<usize, AllocError> {
    let more = values.checked_add(values.div_ceil(3)).ok_or(AllocError)?;
    more.max(LEAST)
        .checked_next_power_of_two()
        .ok_or(AllocError)
}

impl<K, V> KHashMap<K, V> {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self {
            slots: KVec::new(),
            length: 0,
            secret: Secret([0; 2]),
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

    /// How many values there can be before it grows.
    pub fn capacity(&self) -> usize {
        self.slots.len() / 4 * 3
    }

    /// All keys with their values, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let pairs = self.slots.iter().flatten();
        pairs.map(|pair| (&pair.key, &pair.value))
    }

    /// The same, to change the values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        let pairs = self.slots.iter_mut().flatten();
        pairs.map(|pair| (&pair.key, &mut pair.value))
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// All values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }

    /// Drops all values; the memory stays.
    pub fn clear(&mut self) {
        self.length = 0;
        for slot in &mut *self.slots {
            *slot = None;
        }
    }

    /// The slot behind another one.
    fn behind(&self, at: usize) -> usize {
        self.home(at.wrapping_add(1) as u64)
    }

    /// The slot that a hash says.
    fn home(&self, hash: u64) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

    /// How far a slot is behind another one.
    fn distance(&self, from: usize, to: usize) -> usize {
        self.home(to.wrapping_sub(from) as u64)
    }

    /// Takes out what is in a slot, and moves those up that stand behind it for want of it.
    fn take(&mut self, at: usize) -> Option<Pair<K, V>> {
        let taken = self.slots.get_mut(at)?.take()?;
        self.length = self.length.wrapping_sub(1);
        let (mut free, mut next) = (at, self.behind(at));
        // It ends: one is free now.
        while let Some(Some(pair)) = self.slots.get(next) {
            if self.distance(self.home(pair.hash), next) >= self.distance(free, next) {
                let moved = self.slots.get_mut(next).and_then(Option::take);
                if let Some(slot) = self.slots.get_mut(free) {
                    *slot = moved;
                }
                free = next;
            }
            next = self.behind(next);
        }
        Some(taken)
    }

    /// Puts a pair, whose key is not there, into the first free slot. There is one.
    fn put(&mut self, pair: Pair<K, V>) -> usize {
        let mut at = self.home(pair.hash);
        while let Some(Some(_)) = self.slots.get(at) {
            at = self.behind(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some(pair);
            self.length = self.length.wrapping_add(1);
        }
        at
    }

    /// Makes room for so many more values.
    ///
    /// # Errors
    ///
    /// If there is not enough memory; all is as it was.
    pub fn reserve(&mut self, more: usize, flags: Flags) -> Result<(), AllocError> {
        let values = self.length.checked_add(more).ok_or(AllocError)?;
        if values <= self.capacity() {
            return Ok(());
        }
        let mut slots = KVec::new();
        slots.resize_with(slots_for(values)?, flags, || None)?;
        if self.slots.is_empty() {
            let mut bytes = [0; 16];
            crate::random::fill(&mut bytes);
            let (one, other) = bytes.split_at(8);
            let number = |half: &[u8]| half.try_into().map_or(0, u64::from_ne_bytes);
            self.secret = Secret([number(one), number(other)]);
        }
        self.length = 0;
        for pair in mem::replace(&mut self.slots, slots).into_iter().flatten() {
            self.put(pair);
        }
        Ok(())
    }
}

impl<K: Eq + Hash, V> KHashMap<K, V> {
    /// An empty one with room for so many values.
    ///
    /// # Errors
    ///
    /// If there is not enough memory.
    pub fn with_capacity(values: usize, flags: Flags) -> Result<Self, AllocError> {
        let mut map = Self::new();
        map.reserve(values, flags)?;
        Ok(map)
    }

    /// The hash of a key, and its slot.
    fn find<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> (u64, Option<usize>)
    where
        K: Borrow<Q>,
    {
        let hash = self.secret.hash_one(key);
        let mut at = self.home(hash);
        // It ends: some are free.
        while let Some(Some(pair)) = self.slots.get(at) {
            if pair.hash == hash && pair.key.borrow() == key {
                return (hash, Some(at));
            }
            at = self.behind(at);
        }
        (hash, None)
    }

    fn pair<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&Pair<K, V>>
    where
        K: Borrow<Q>,
    {
        let (_, at) = self.find(key);
        self.slots.get(at?)?.as_ref()
    }

    /// The value of `key`.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.pair(key).map(|pair| &pair.value)
    }

    /// The value of `key`, and the key as the map has it.
    pub fn get_key_value<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.pair(key).map(|pair| (&pair.key, &pair.value))
    }

    /// The value of `key`, to change it.
    pub fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (_, at) = self.find(key);
        let pair = self.slots.get_mut(at?)?.as_mut()?;
        Some(&mut pair.value)
    }

    /// Whether `key` has a value.
    pub fn contains_key<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.pair(key).is_some()
    }

    /// Puts in a value, and returns the one that `key` had; the key stays the one that was there.
    ///
    /// # Errors
    ///
    /// If there is not enough memory for one more; both are dropped.
    pub fn insert(&mut self, key: K, value: V, flags: Flags) -> Result<Option<V>, AllocError> {
        match self.get_mut(&key) {
            Some(before) => Ok(Some(mem::replace(before, value))),
            None => self.get_or_insert_with(key, flags, || value).map(|_| None),
        }
    }

    /// The value of `key`; what `make` returns is put in if there is none.
    ///
    /// # Errors
    ///
    /// If there is not enough memory for one more; `make` is not called.
    pub fn get_or_insert_with(
        &mut self,
        key: K,
        flags: Flags,
        make: impl FnOnce() -> V,
    ) -> Result<&mut V, AllocError> {
        let at = match self.find(&key) {
            (_, Some(at)) => at,
            (_, None) => {
                self.reserve(1, flags)?;
                // By the secret that it has now.
                let (hash, _) = self.find(&key);
                let value = make();
                self.put(Pair { hash, key, value })
            }
        };
        let pair = self.slots.get_mut(at).and_then(Option::as_mut);
        pair.map(|pair| &mut pair.value).ok_or(AllocError)
    }

    /// Takes out the value of `key`.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.remove_entry(key).map(|(_, value)| value)
    }

    /// Takes out the value of `key`, and the key.
    pub fn remove_entry<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        let (_, at) = self.find(key);
        let pair = self.take(at?)?;
        Some((pair.key, pair.value))
    }

    /// Drops all values that `keep` does not want; it is asked once for each.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        // From behind a free one: what moves up, moves into what comes later.
        let start = self.slots.iter().position(Option::is_none).unwrap_or(0);
        let mut at = start;
        for _ in 0..self.slots.len() {
            at = self.behind(at);
            while let Some(Some(pair)) = self.slots.get_mut(at)
                && !keep(&pair.key, &mut pair.value)
            {
                drop(self.take(at));
            }
        }
    }

    /// Puts in all of these.
    ///
    /// # Errors
    ///
    /// If there is not enough memory; those before have been put in.
    pub fn extend(
        &mut self,
        pairs: impl IntoIterator<Item = (K, V)>,
        flags: Flags,
    ) -> Result<(), AllocError> {
        let mut pairs = pairs.into_iter();
        pairs.try_for_each(|(key, value)| self.insert(key, value, flags).map(drop))
    }
}

impl<K, V> Default for KHashMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for KHashMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
