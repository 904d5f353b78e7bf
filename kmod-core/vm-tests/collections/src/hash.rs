// SPDX-License-Identifier: GPL-2.0-only
//! Maps in no order, numbers that are given out, and counts of users.

use core::hash::{Hash, Hasher};

use super::{check, numbers, sum};
use kmod_core::alloc::Ida;
use kmod_core::prelude::*;
use kmod_core::sync::Refcount;

pub fn all(n: usize, at: usize) -> Result {
    numbered(n, at)?;
    colliding(n.min(100), at)?;
    texts()?;
    ids(n.min(200), at)?;
    users(n)
}

/// The numbers from 0 to before `n`, each with its double.
fn numbered(n: usize, at: usize) -> Result {
    let mut map = KHashMap::with_capacity(n, GFP_KERNEL)?;
    let capacity = map.capacity();
    map.extend((0..n).map(|key| (key, key.wrapping_mul(2))), GFP_KERNEL)?;
    check!(map.len() == n && map.is_empty() == (n == 0) && map.capacity() == capacity);
    check!(sum(map.keys().copied()) == sum(numbers(n)?.iter().copied()));
    let value = (at < n).then(|| at.wrapping_mul(2));
    check!(map.get(&at).copied() == value && map.get_mut(&at).copied() == value);
    check!(map.contains_key(&at) == (at < n));
    check!(map.insert(at, 5, GFP_KERNEL)? == value);
    check!(map.get_key_value(&at) == Some((&at, &5)));
    check!(map.remove(&at) == Some(5) && map.remove_entry(&at).is_none());
    map.values_mut()
        .for_each(|value| *value = value.wrapping_add(1));
    map.iter_mut()
        .for_each(|(key, value)| *value = value.wrapping_sub(*key));
    check!(map.iter().all(|(key, value)| *value == key.wrapping_add(1)));
    let half = n / 2;
    map.retain(|key, _| *key < half);
    check!(map.keys().all(|key| *key < half));
    check!(map.len() == half || map.len().checked_add(1) == Some(half));
    let before = map.len();
    *map.get_or_insert_with(at, GFP_KERNEL, || 0)? = 9;
    check!(map.len() == before.wrapping_add(1) && map.values().any(|value| *value == 9));
    map.clear();
    check!(map.is_empty() && map.iter().next().is_none() && map.capacity() >= capacity);
    Ok(())
}

/// A key whose hash says nothing.
#[derive(PartialEq, Eq)]
struct Alike(usize);

impl Hash for Alike {
    fn hash<H: Hasher>(&self, state: &mut H) {
        0_u8.hash(state);
    }
}

/// Keys that are one behind the other.
fn colliding(n: usize, at: usize) -> Result {
    let mut map = KHashMap::new();
    map.extend((0..n).map(|key| (Alike(key), key)), GFP_KERNEL)?;
    check!(map.remove(&Alike(at)) == (at < n).then_some(at));
    check!((0..n).all(|key| map.contains_key(&Alike(key)) != (key == at)));
    Ok(())
}

fn texts() -> Result {
    let mut map = KHashMap::new();
    for text in ["one", "two", "three", "two"] {
        let count =
            map.get_or_insert_with(KString::from_str(text, GFP_KERNEL)?, GFP_KERNEL, || 0_u32)?;
        *count = count.wrapping_add(1);
    }
    check!(map.len() == 3 && map.get("two") == Some(&2) && map.get("four").is_none());
    Ok(())
}

/// Numbers, each the least that is free.
fn ids(n: usize, at: usize) -> Result {
    let ida = Ida::new()?;
    let last = u32::try_from(n).unwrap_or(u32::MAX);
    for number in 0..last {
        check!(ida.alloc(0..=u32::MAX)? == number);
    }
    check!(ida.alloc(0..=last.wrapping_sub(1)).err() == (n > 0).then_some(ENOSPC));
    check!(ida.alloc(u32::MAX..=u32::MAX) == Err(ENOSPC));
    if let (true, Ok(at)) = (at < n, u32::try_from(at)) {
        ida.free(at);
        check!(ida.alloc_atomic(0..=u32::MAX)? == at);
    }
    Ok(())
}

/// Users who come and leave.
fn users(n: usize) -> Result {
    let count = Refcount::new(1);
    for _ in 0..n {
        count.inc();
        check!(count.inc_not_zero());
    }
    let mut last = 0_usize;
    while !count.dec_and_test() {
        last = last.wrapping_add(1);
    }
    check!(last == n.wrapping_mul(2) && !count.inc_not_zero());
    Ok(())
}

/// Counts one after the last one, which the kernel reports, and does not.
pub fn revive() -> Result {
    let count = Refcount::new(1);
    check!(count.dec_and_test());
    count.inc();
    // C's says so of this, too.
    check!(!count.dec_and_test() && count.get() > i32::MAX.cast_unsigned());
    Ok(())
}

/// Gives back a number that nobody has.
pub fn twice() -> Result {
    let ida = Ida::new()?;
    let number = ida.alloc(0..=9)?;
    ida.free(number);
    ida.free(number);
    Ok(())
}
