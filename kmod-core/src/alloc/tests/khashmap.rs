// SPDX-License-Identifier: GPL-2.0-only

use core::hash::{Hash, Hasher};
use std::collections::HashMap;
use std::rc::Rc;
use std::vec::Vec;

use super::super::*;
use super::{Chance, turns};
use kmod_bindings::{limit_allocations, live_allocations};

/// A key of which many have one hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(usize);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0 % 7).hash(state);
    }
}

fn sorted<V: Copy + Ord>(pairs: impl Iterator<Item = (usize, V)>) -> Vec<(usize, V)> {
    let mut all: Vec<_> = pairs.collect();
    all.sort_unstable();
    all
}

/// Whatever is done, it holds what std's `HashMap` holds, and drops what that drops.
#[test]
fn it_is_as_std_s_hash_map() {
    let mut chance = Chance(7);
    let live = Rc::new(());
    let (mut ours, mut std) = (KHashMap::new(), HashMap::new());
    for step in 0..turns(30_000) {
        let key = chance.below(90);
        let value = || (step, live.clone());
        match chance.below(8) {
            0..=2 => {
                let before = ours.insert(Key(key), value(), GFP_KERNEL).unwrap();
                assert_eq!(before.map(|value| value.0), std.insert(key, step));
            }
            3 | 4 => {
                let removed = ours.remove(&Key(key)).map(|value| value.0);
                assert_eq!(removed, std.remove(&key));
            }
            5 if chance.below(20) == 0 => {
                let kept = chance.below(4);
                let mut asked = 0;
                ours.retain(|key, _| {
                    asked += 1;
                    key.0 % 4 != kept
                });
                assert_eq!(asked, std.len());
                std.retain(|key, _| key % 4 != kept);
            }
            5 | 6 => {
                let there = ours.get_or_insert_with(Key(key), GFP_KERNEL, value);
                assert_eq!(there.unwrap().0, *std.entry(key).or_insert(step));
            }
            _ => {
                let found = ours
                    .get_key_value(&Key(key))
                    .map(|(key, value)| (key.0, value.0));
                assert_eq!(found, std.get(&key).map(|value| (key, *value)));
                assert_eq!(ours.contains_key(&Key(key)), std.contains_key(&key));
                assert_eq!(
                    sorted(ours.iter().map(|(key, value)| (key.0, value.0))),
                    sorted(std.iter().map(|(key, value)| (*key, *value)))
                );
            }
        }
        assert_eq!(
            (ours.len(), Rc::strong_count(&live) - 1),
            (std.len(), std.len())
        );
    }
    ours.clear();
    assert_eq!((ours.len(), Rc::strong_count(&live)), (0, 1));
}

#[test]
fn without_memory_it_stays_as_it_is() {
    let before = live_allocations();
    let mut map = KHashMap::new();
    map.extend((0..6).map(|key| (key, key)), GFP_KERNEL)
        .unwrap();
    assert_eq!(map.capacity(), 6);
    limit_allocations(0);
    assert_eq!(map.insert(6, 6, GFP_KERNEL), Err(AllocError));
    assert_eq!(map.insert(5, 7, GFP_KERNEL), Ok(Some(5)));
    assert_eq!(map.reserve(usize::MAX, GFP_KERNEL), Err(AllocError));
    limit_allocations(usize::MAX);
    assert!((0..5).all(|key| map.get(&key) == Some(&key)));
    assert_eq!((map.len(), map.get(&6)), (6, None));
    drop(map);
    assert_eq!(live_allocations(), before);
}

#[test]
fn two_maps_have_two_secrets() {
    let map = || {
        let mut map = KHashMap::with_capacity(1000, GFP_KERNEL).unwrap();
        map.extend((0..1000).map(|key| (key, ())), GFP_KERNEL)
            .unwrap();
        map
    };
    assert!(!map().keys().eq(map().keys()));
}

#[test]
fn a_ring_of_a_fixed_size_gives_back_what_is_too_much() {
    let mut ring = KVecDeque::with_capacity(2, GFP_KERNEL).unwrap();
    let capacity = ring.capacity();
    for number in 0..capacity {
        ring.push_back_within_capacity(number).unwrap();
    }
    assert_eq!(ring.push_back_within_capacity(9), Err(9));
    assert_eq!(ring.pop_front(), Some(0));
    assert_eq!(ring.push_back_within_capacity(9), Ok(()));
    assert_eq!((ring.len(), ring.back()), (capacity, Some(&9)));
    let mut none = KVecDeque::new();
    assert_eq!(none.push_back_within_capacity(1), Err(1));
}

#[test]
fn numbers_are_the_least_that_are_free() {
    use crate::error::code::ENOSPC;
    let ida = Ida::new().unwrap();
    assert_eq!([ida.alloc(3..=4), ida.alloc_atomic(3..=4)], [Ok(3), Ok(4)]);
    assert_eq!(ida.alloc(3..=4), Err(ENOSPC));
    let (from, to) = (5, 4);
    assert_eq!(ida.alloc(from..=to), Err(ENOSPC));
    ida.free(3);
    ida.free(u32::MAX);
    assert_eq!(ida.alloc(0..=u32::MAX), Ok(0));
    assert_eq!(ida.alloc(3..=4), Ok(3));
}
