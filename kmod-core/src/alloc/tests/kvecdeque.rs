// SPDX-License-Identifier: GPL-2.0-only

use std::collections::VecDeque;
use std::format;
use std::rc::Rc;
use std::vec::Vec;

use super::super::*;
use super::{Chance, turns};
use kmod_bindings::{limit_allocations, live_allocations};

/// Whatever is done, it holds what std's `VecDeque` holds, and drops what that drops.
#[test]
fn it_is_as_std_s_vec_deque() {
    let mut chance = Chance(11);
    let live = Rc::new(());
    let (mut ours, mut std) = (KVecDeque::new(), VecDeque::new());
    for step in 0..turns(30_000) {
        let index = chance.below(std.len() + 2);
        let end = index + chance.below(std.len() + 2);
        let value = (step, live.clone());
        match chance.below(12) {
            0..=2 => {
                ours.push_back(value, GFP_KERNEL).unwrap();
                std.push_back(step);
            }
            3..=5 => {
                ours.push_front(value, GFP_KERNEL).unwrap();
                std.push_front(step);
            }
            6 => assert_eq!(ours.pop_front().map(|value| value.0), std.pop_front()),
            7 => assert_eq!(ours.pop_back().map(|value| value.0), std.pop_back()),
            8 => {
                ours.insert(index, value, GFP_KERNEL).unwrap();
                std.insert(index.min(std.len()), step);
            }
            9 => assert_eq!(ours.remove(index).map(|value| value.0), std.remove(index)),
            10 => {
                let range = index.min(std.len())..end.min(std.len());
                let mut expected = std.drain(range);
                let mut drained = ours.drain(index..end);
                assert_eq!(drained.len(), expected.len());
                // From both ends, and not all of them.
                assert_eq!(drained.next().map(|value| value.0), expected.next());
                assert_eq!(
                    drained.next_back().map(|value| value.0),
                    expected.next_back()
                );
            }
            _ => {
                let kept = chance.below(9) + 1;
                ours.retain(|value| value.0 % 10 != kept);
                std.retain(|value| value % 10 != kept);
                if kept == 1 {
                    let row = ours.make_contiguous();
                    assert_eq!(row.len(), std.len());
                }
            }
        }
        assert!(ours.iter().map(|value| value.0).eq(std.iter().copied()));
        assert!(
            ours.iter_mut()
                .rev()
                .map(|v| v.0)
                .eq(std.iter().rev().copied())
        );
        let got = ours.get(index).map(|value| value.0);
        assert_eq!(got, std.get(index).copied());
        let got = ours.get_mut(index).map(|value| value.0);
        assert_eq!(got, std.get(index).copied());
        let ends = (ours.front().map(|v| v.0), ours.back().map(|v| v.0));
        assert_eq!(ends, (std.front().copied(), std.back().copied()));
        assert_eq!((ours.len(), ours.is_empty()), (std.len(), std.is_empty()));
    }
    assert_eq!(Rc::strong_count(&live), std.len() + 1);
    let mut all = ours.into_iter();
    assert_eq!(all.len(), std.len());
    all.next_back();
    drop(all);
    assert_eq!((Rc::strong_count(&live), live_allocations()), (1, 0));
}

#[test]
fn without_memory_all_stays() {
    let mut queue = KVecDeque::with_capacity(3, GFP_KERNEL).unwrap();
    queue.extend([1, 2, 3], GFP_KERNEL).unwrap();
    queue.pop_front();
    queue.push_back(4, GFP_KERNEL).unwrap();
    limit_allocations(0);
    queue.push_back(5, GFP_KERNEL).unwrap_err();
    queue.push_front(5, GFP_KERNEL).unwrap_err();
    queue.insert(0, 5, GFP_KERNEL).unwrap_err();
    queue.extend([5], GFP_KERNEL).unwrap_err();
    queue.reserve(usize::MAX, GFP_KERNEL).unwrap_err();
    assert_eq!(format!("{queue:?}"), "[2, 3, 4]");
    assert_eq!((queue[0], queue.capacity()), (2, 3));
    let mut other = KVecDeque::new();
    other.append(&mut queue, GFP_KERNEL).unwrap_err();
    assert_eq!(queue.as_slices(), (&[2, 3][..], &[4][..]));
    assert!(KVecDeque::<u64>::with_capacity(usize::MAX, GFP_KERNEL).is_err());
}

#[test]
fn one_is_appended_to_another() {
    let mut queue = KVecDeque::new();
    queue.extend([1, 2], GFP_KERNEL).unwrap();
    let mut other = KVecDeque::new();
    other.extend([3, 4, 5], GFP_KERNEL).unwrap();
    queue.append(&mut other, GFP_KERNEL).unwrap();
    queue.swap(0, 4);
    queue.swap(1, 5);
    queue[1] += 10;
    assert_eq!(queue.iter().copied().collect::<Vec<_>>(), [5, 12, 3, 4, 1]);
    assert!(other.is_empty() && queue.contains(&12) && !queue.contains(&2));
    queue.truncate(9);
    queue.truncate(2);
    other.extend([5, 12], GFP_KERNEL).unwrap();
    assert_eq!(queue, other);
}

#[test]
#[should_panic(expected = "index out of bounds")]
fn an_index_that_is_not_there_panics() {
    let mut queue = KVecDeque::with_capacity(4, GFP_KERNEL).unwrap();
    queue.push_back(1, GFP_KERNEL).unwrap();
    let _ = queue[1];
}

#[test]
fn what_has_no_size_takes_no_memory() {
    limit_allocations(0);
    let mut queue = KVecDeque::new();
    for _ in 0..100 {
        queue.push_front((), GFP_KERNEL).unwrap();
        queue.push_back((), GFP_KERNEL).unwrap();
    }
    queue.drain(3..190);
    assert_eq!(queue.len(), 13);
    assert_eq!(queue.make_contiguous().len(), 13);
}

/// A leaked iterator takes values with it, and nothing is dropped twice.
#[test]
fn a_leaked_drain_leaves_what_was_before_it() {
    let live = Rc::new(());
    let mut queue = KVecDeque::new();
    let mut vec = KVec::new();
    let values = || (0..6).map(|_| live.clone());
    queue.extend(values(), GFP_KERNEL).unwrap();
    vec.extend(values(), GFP_KERNEL).unwrap();
    core::mem::forget(queue.drain(2..4));
    core::mem::forget(vec.drain(2..4));
    assert_eq!((queue.len(), vec.len()), (2, 2));
    drop((queue, vec));
    assert_eq!(Rc::strong_count(&live), 9);
}
