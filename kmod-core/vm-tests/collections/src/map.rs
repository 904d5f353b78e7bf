// SPDX-License-Identifier: GPL-2.0-only
//! Maps.

use super::{check, is_sorted, sum};
use kmod_core::alloc::Entry;
use kmod_core::prelude::*;

pub fn all(n: usize, at: usize) -> Result {
    ascending(n, at)?;
    scattered(n, at)?;
    entries(n, at)?;
    texts()
}

/// The numbers from 0 to before `n`, each with its double: what a tree that nobody balances makes a
/// list of.
fn ascending(n: usize, at: usize) -> Result {
    let mut map = KMap::new();
    map.extend((0..n).map(|key| (key, key.wrapping_mul(2))), GFP_KERNEL)?;
    check!(map.len() == n && map.is_empty() == (n == 0));
    check!(map.iter().map(|(key, _)| *key).eq(0..n));
    check!(map.iter().rev().map(|(key, _)| *key).eq((0..n).rev()));
    let value = (at < n).then(|| at.wrapping_mul(2));
    check!(map.get(&at).copied() == value && map.get_mut(&at).copied() == value);
    check!(map.contains_key(&at) == (at < n));
    check!(map.range(at..).map(|(key, _)| *key).eq(at..n.max(at)));
    check!(
        map.range(..=at)
            .map(|(key, _)| *key)
            .eq((0..n).take(at.saturating_add(1)))
    );
    check!(map.first_key_value().map(|(key, _)| *key) == (n > 0).then_some(0));
    check!(map.last_key_value().map(|(key, _)| *key) == n.checked_sub(1));
    check!(map.insert(at, 5, GFP_KERNEL)? == value);
    check!(map.remove(&at) == Some(5) && map.remove(&at).is_none());
    check!(map.get_key_value(&at).is_none() && map.remove_entry(&at).is_none());
    let half = n / 2;
    map.retain(|key, _| *key < half);
    check!(map.keys().all(|key| *key < half));
    check!(map.len() == half || map.len().checked_add(1) == Some(half));
    let clone = map.try_clone(GFP_KERNEL)?;
    check!(clone == map);
    map.clear();
    check!(map.pop_first().is_none() && map.pop_last().is_none());
    check!(
        clone
            .into_iter()
            .rev()
            .all(|(key, value)| value == key.wrapping_mul(2))
    );
    Ok(())
}

/// Keys in no order.
fn scattered(n: usize, at: usize) -> Result {
    let scatter = |key: usize| key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut map = KMap::new();
    (0..n).try_for_each(|key| map.insert(scatter(key), key, GFP_KERNEL).map(drop))?;
    check!((0..n).all(|key| map.get(&scatter(key)) == Some(&key)));
    check!(is_sorted(map.keys()));
    map.values_mut()
        .for_each(|value| *value = value.wrapping_add(1));
    check!(map.remove(&scatter(at)) == (at < n).then(|| at.wrapping_add(1)));
    let mut below = 0;
    while let (Some((first, _)), last) = (map.pop_first(), map.pop_last()) {
        check!(first >= below && last.is_none_or(|(last, _)| first < last));
        below = first;
    }
    check!(map.is_empty());
    Ok(())
}

/// One key, looked for once.
fn entries(n: usize, at: usize) -> Result {
    let mut map = KMap::new();
    // How often each remainder is there.
    for key in 0..n {
        let count = map.entry(key % 7).or_insert(0_usize, GFP_KERNEL)?;
        *count = count.wrapping_add(1);
    }
    check!(sum(map.values().copied()) == n);
    let entry = map.entry(at).and_modify(|count| *count = 5);
    entry.or_default(GFP_KERNEL)?;
    check!(map.insert(at, 5, GFP_KERNEL)?.is_some());
    match map.entry(at) {
        Entry::Occupied(mut entry) => {
            check!(*entry.key() == at && entry.insert(6) == 5 && *entry.get() == 6);
            check!(entry.remove_entry() == (at, 6));
        }
        Entry::Vacant(_) => return Err(EINVAL),
    }
    match map.entry(at) {
        Entry::Occupied(_) => return Err(EINVAL),
        Entry::Vacant(entry) => {
            check!(*entry.key() == at && *entry.insert(7, GFP_KERNEL)? == 7);
        }
    }
    Ok(())
}

/// Keys that are texts are searched by texts.
fn texts() -> Result {
    let mut map = KMap::new();
    for name in ["b", "c", "", "a"] {
        map.insert(KString::from_str(name, GFP_KERNEL)?, name.len(), GFP_KERNEL)?;
    }
    check!(map.get("c") == Some(&1) && map.remove("") == Some(0) && !map.contains_key("d"));
    check!(
        map.first_key_value()
            .is_some_and(|(key, _)| key.as_str() == "a")
    );
    Ok(())
}
