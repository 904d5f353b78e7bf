// SPDX-License-Identifier: GPL-2.0-only

use core::cmp::Ordering;
use core::ops::Bound;
use std::collections::{BTreeMap, btree_map};
use std::format;
use std::rc::Rc;
use std::vec::Vec;

use super::super::*;
use super::{Chance, turns};
use kmod_bindings::{limit_allocations, live_allocations};

/// Whatever is done, it holds what std's `BTreeMap` holds, and drops what that drops.
#[test]
fn it_is_as_std_s_btree_map() {
    let mut chance = Chance(5);
    let live = Rc::new(());
    let (mut ours, mut std) = (KMap::new(), BTreeMap::new());
    for step in 0..turns(30_000) {
        let key = chance.below(60);
        let value = || (step, live.clone());
        match chance.below(10) {
            0..=2 => {
                let before = ours.insert(key, value(), GFP_KERNEL).unwrap();
                assert_eq!(before.map(|value| value.0), std.insert(key, step));
            }
            3 | 4 => assert_eq!(ours.remove(&key).map(|value| value.0), std.remove(&key)),
            5 => {
                let first = ours.pop_first().map(|(key, value)| (key, value.0));
                assert_eq!(first, std.pop_first());
                let last = ours.pop_last().map(|(key, value)| (key, value.0));
                assert_eq!(last, std.pop_last());
            }
            6 if chance.below(20) == 0 => {
                let kept = chance.below(4);
                ours.retain(|key, _| key % 4 != kept);
                std.retain(|key, _| key % 4 != kept);
            }
            6 | 7 => {
                let there = ours.entry(key).or_insert(value(), GFP_KERNEL).unwrap();
                assert_eq!(there.0, *std.entry(key).or_insert(step));
            }
            8 => match (ours.entry(key), std.entry(key)) {
                (Entry::Occupied(ours), btree_map::Entry::Occupied(std)) => {
                    assert_eq!(ours.remove().0, std.remove());
                }
                (Entry::Vacant(ours), btree_map::Entry::Vacant(std)) => {
                    ours.insert(value(), GFP_KERNEL).unwrap();
                    std.insert(step);
                }
                _ => panic!("one has {key}, the other has not"),
            },
            _ => {
                let end = chance.below(60);
                let same = |range: (Bound<usize>, Bound<usize>)| {
                    let expected = std
                        .iter()
                        .filter(|(key, _)| core::ops::RangeBounds::contains(&range, *key));
                    let expected: Vec<_> = expected.map(|(key, value)| (*key, *value)).collect();
                    let pair = |(key, value): (&usize, &(usize, Rc<()>))| (*key, value.0);
                    assert!(ours.range(range).map(pair).eq(expected.iter().copied()));
                    let back = ours.range(range).rev().map(pair);
                    assert!(back.eq(expected.iter().rev().copied()));
                };
                for start in [Bound::Included(key), Bound::Excluded(key), Bound::Unbounded] {
                    for end in [Bound::Included(end), Bound::Excluded(end), Bound::Unbounded] {
                        same((start, end));
                    }
                }
            }
        }
        let pairs = ours.iter().map(|(key, value)| (*key, value.0));
        assert!(pairs.eq(std.iter().map(|(key, value)| (*key, *value))));
        let got = ours.get(&key).map(|value| value.0);
        assert_eq!(got, std.get(&key).copied());
        assert_eq!((ours.len(), ours.iter().len()), (std.len(), std.len()));
        assert_eq!(Rc::strong_count(&live), std.len() + 1);
    }
    assert!(ours.keys().rev().eq(std.keys().rev()));
    let mut all = ours.into_iter();
    all.next();
    all.next_back();
    drop(all);
    assert_eq!((Rc::strong_count(&live), live_allocations()), (1, 0));
}

#[test]
fn both_ends_meet() {
    let mut map = KMap::new();
    map.extend((0..5).map(|key| (key, key)), GFP_KERNEL)
        .unwrap();
    let mut all = map.iter_mut();
    let mut seen = Vec::new();
    while let Some((key, value)) = all.next() {
        *value += 10;
        seen.push(*key);
        seen.extend(all.next_back().map(|(key, _)| *key));
    }
    assert!(all.next_back().is_none() && all.next().is_none());
    assert_eq!(seen, [0, 4, 1, 3, 2]);
    assert_eq!(format!("{map:?}"), "{0: 10, 1: 11, 2: 12, 3: 3, 4: 4}");
    assert_eq!(map.try_clone(GFP_KERNEL).unwrap(), map);
}

#[test]
fn without_memory_all_stays() {
    let mut map = KMap::new();
    map.insert(1, 'a', GFP_KERNEL).unwrap();
    limit_allocations(0);
    assert_eq!(map.insert(2, 'b', GFP_KERNEL), Err(AllocError));
    assert!(map.entry(2).or_insert('b', GFP_KERNEL).is_err());
    assert!(map.extend([(2, 'b')], GFP_KERNEL).is_err());
    assert!(map.try_clone(GFP_KERNEL).is_err());
    // What is there takes no memory.
    assert_eq!(map.insert(1, 'c', GFP_KERNEL), Ok(Some('a')));
    assert_eq!(map.entry(1).or_insert('d', GFP_KERNEL), Ok(&mut 'c'));
    assert_eq!((map.len(), map.get(&2)), (1, None));
}

#[test]
fn texts_are_searched_by_texts() {
    let mut map = KMap::new();
    for name in ["b", "a"] {
        let key = KString::from_str(name, GFP_KERNEL).unwrap();
        map.insert(key, name.len(), GFP_KERNEL).unwrap();
    }
    assert_eq!((map.get("a"), map.get("c")), (Some(&1), None));
    let order: Vec<&str> = map.keys().map(KString::as_str).collect();
    assert_eq!(order, ["a", "b"]);
}

/// A key with an order that is none.
#[derive(PartialEq, Eq)]
struct Unordered(usize);

impl PartialOrd for Unordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unordered {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0 * 31 + other.0 * 17) % 5 {
            0 => Ordering::Equal,
            1 | 2 => Ordering::Less,
            _ => Ordering::Greater,
        }
    }
}

/// Then values are not found, and nothing worse.
#[test]
fn a_wrong_order_is_only_wrong() {
    let mut chance = Chance(3);
    let live = Rc::new(());
    let mut map = KMap::new();
    for _ in 0..turns(5000) {
        let key = Unordered(chance.below(100));
        match chance.below(5) {
            0 => drop(map.remove(&key)),
            1 => assert!(map.range(key..Unordered(chance.below(100))).count() <= map.len()),
            2 => assert!(map.range(key..).rev().count() <= map.len()),
            _ => drop(map.insert(key, live.clone(), GFP_KERNEL).unwrap()),
        }
        assert_eq!(map.iter().count(), map.len());
        assert_eq!(map.iter_mut().rev().count(), Rc::strong_count(&live) - 1);
    }
    drop(map);
    assert_eq!((Rc::strong_count(&live), live_allocations()), (1, 0));
}
