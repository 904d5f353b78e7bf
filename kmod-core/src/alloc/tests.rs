// SPDX-License-Identifier: GPL-2.0-only

mod khashmap;
mod kmap;
mod kvecdeque;

use core::cell::Cell;
use std::format;
use std::rc::Rc;

use super::*;
use crate::error::code::*;
use kmod_bindings::{limit_allocations, live_allocations};

/// Counts its drops.
#[derive(Clone)]
struct Counted(Rc<Cell<usize>>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

/// Numbers that are the same in each run.
pub(super) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

/// So many turns, or the root of that under Miri, which takes a thousand times as long for each.
pub(super) const fn turns(all: usize) -> usize {
    if cfg!(miri) { all.isqrt() } else { all }
}

#[test]
fn zeroes_are_values() {
    let mut vec = KVec::<u32>::zeroed(3, GFP_KERNEL).unwrap();
    vec.push(1, GFP_KERNEL).unwrap();
    assert_eq!(&*vec, [0, 0, 0, 1]);
    assert!(KVec::<u32>::zeroed(0, GFP_KERNEL).unwrap().is_empty());
    assert_eq!(KVec::<()>::zeroed(5, GFP_KERNEL).unwrap().len(), 5);
    assert_eq!(
        KVec::<u64>::zeroed(usize::MAX, GFP_KERNEL).err(),
        Some(AllocError)
    );
}

#[test]
fn a_box_drops_its_value_and_frees_its_memory() {
    let drops = Rc::new(Cell::new(0));
    let boxed = KBox::new(Counted(drops.clone()), GFP_KERNEL).unwrap();
    assert_eq!((drops.get(), live_allocations()), (0, 1));
    drop(boxed);
    assert_eq!((drops.get(), live_allocations()), (1, 0));
}

#[test]
fn a_box_gives_its_value_back() {
    let drops = Rc::new(Cell::new(0));
    let boxed = KBox::new(Counted(drops.clone()), GFP_KERNEL).unwrap();
    let raw = KBox::into_raw(boxed);
    // SAFETY: `into_raw` gave it.
    let value = KBox::into_inner(unsafe { KBox::from_raw(raw) });
    assert_eq!((drops.get(), live_allocations()), (0, 0));
    drop(value);
    assert_eq!(drops.get(), 1);
}

#[test]
fn a_failed_box_drops_the_value() {
    let drops = Rc::new(Cell::new(0));
    limit_allocations(0);
    assert!(KBox::new(Counted(drops.clone()), GFP_ATOMIC).is_err());
    assert_eq!(drops.get(), 1);
    let error: crate::Error = KBox::new(1, GFP_KERNEL).unwrap_err().into();
    assert_eq!(error, ENOMEM);
}

#[test]
fn memory_is_aligned() {
    #[repr(align(4096))]
    struct Page([u8; 100]);
    let page = KBox::new(Page([7; 100]), GFP_KERNEL).unwrap();
    assert_eq!((&raw const *page).addr() % 4096, 0);
    assert_eq!(page.0[99], 7);
}

#[test]
fn what_has_no_size_takes_no_memory() {
    limit_allocations(0);
    let unit = KBox::new((), GFP_KERNEL).unwrap();
    let mut units = KVec::new();
    for _ in 0..1000 {
        units.push((), GFP_KERNEL).unwrap();
    }
    assert_eq!((units.len(), units.pop(), *unit), (1000, Some(()), ()));
    assert_eq!(units.into_iter().count(), 999);
}

#[test]
fn a_vec_grows() {
    let mut vec = KVec::new();
    for i in 0..1000u32 {
        vec.push(i, GFP_KERNEL).unwrap();
    }
    assert!(vec.iter().copied().eq(0..1000));
    assert!(vec.capacity() >= 1000);
    vec.truncate(2);
    assert_eq!(format!("{vec:?}"), "[0, 1]");
    assert_eq!(
        (vec.remove(5), vec.remove(0), vec.pop(), vec.pop()),
        (None, Some(0), Some(1), None)
    );
    drop(vec);
    assert_eq!(live_allocations(), 0);
}

#[test]
fn a_vec_drops_its_values_once() {
    let drops = Rc::new(Cell::new(0));
    let mut vec = KVec::from_elem(Counted(drops.clone()), 5, GFP_KERNEL).unwrap();
    drops.set(0);
    vec.truncate(4);
    assert_eq!(drops.get(), 1);
    drop(vec.remove(0));
    assert_eq!(drops.get(), 2);
    let mut values = vec.into_iter();
    assert_eq!(values.len(), 3);
    drop(values.next());
    assert_eq!(drops.get(), 3);
    drop(values);
    assert_eq!((drops.get(), live_allocations()), (5, 0));
}

#[test]
fn a_failed_push_leaves_the_vec_as_it_was() {
    let mut vec = KVec::with_capacity(1, GFP_KERNEL).unwrap();
    limit_allocations(0);
    assert_eq!(vec.push(1, GFP_KERNEL), Ok(()));
    assert_eq!(vec.push(2, GFP_KERNEL), Err(AllocError));
    assert_eq!(vec.extend_from_slice(&[3, 4], GFP_KERNEL), Err(AllocError));
    assert_eq!(*vec, [1]);
    assert!(vec.try_clone(GFP_KERNEL).is_err());
}

#[test]
fn too_much_is_an_error() {
    let mut vec = KVec::from_elem(1u64, 1, GFP_KERNEL).unwrap();
    for more in [usize::MAX, isize::MAX as usize, usize::MAX / 8, 1 << 60] {
        assert_eq!(vec.reserve(more, GFP_KERNEL), Err(AllocError));
    }
    assert!(KVec::<u64>::with_capacity(usize::MAX, GFP_KERNEL).is_err());
}

fn list(values: &[u32]) -> List<u32> {
    let mut list = List::new();
    for value in values {
        list.push_back(*value, GFP_KERNEL).unwrap();
    }
    list
}

#[test]
fn a_list_is_a_queue_and_a_stack() {
    let mut numbers = list(&[1, 2]);
    numbers.push_front(0, GFP_KERNEL).unwrap();
    numbers.push_back(3, GFP_KERNEL).unwrap();
    assert_eq!(format!("{numbers:?}"), "[0, 1, 2, 3]");
    for number in &mut numbers {
        *number += 10;
    }
    assert_eq!(numbers.front(), Some(&10));
    *numbers.front_mut().unwrap() = 9;
    let taken: std::vec::Vec<u32> = core::iter::from_fn(|| numbers.pop_front()).collect();
    assert_eq!(taken, [9, 11, 12, 13]);
    assert!(numbers.is_empty());
    // The end is found again after the list was empty.
    numbers.push_back(7, GFP_KERNEL).unwrap();
    numbers.push_back(8, GFP_KERNEL).unwrap();
    assert!(numbers.iter().copied().eq([7, 8]));
    drop(numbers);
    assert_eq!(live_allocations(), 0);
}

#[test]
fn lists_are_joined_without_memory() {
    let (mut first, mut second, mut none) = (list(&[]), list(&[1, 2]), list(&[]));
    limit_allocations(0);
    for _ in 0..2 {
        first.append(&mut second);
        first.append(&mut none);
    }
    none.append(&mut first);
    assert!(none.iter().copied().eq([1, 2]));
    assert!(first.is_empty() && second.is_empty());
    assert_eq!(none.push_back(3, GFP_KERNEL), Err(AllocError));
    assert_eq!(none.push_front(3, GFP_KERNEL), Err(AllocError));
    assert_eq!(none.iter().count(), 2);
}

#[test]
fn a_list_keeps_what_is_said() {
    let mut numbers = list(&[1, 2, 3, 4]);
    numbers.retain(|number| *number % 2 == 0);
    numbers.push_back(5, GFP_KERNEL).unwrap();
    assert!(numbers.iter().copied().eq([2, 4, 5]));
    numbers.retain(|_| false);
    assert_eq!((numbers.front(), live_allocations()), (None, 0));
}

#[test]
fn a_list_of_any_length_is_dropped_value_by_value() {
    let drops = Rc::new(Cell::new(0));
    let mut counted = List::new();
    let many = turns(1_000_000);
    for _ in 0..many {
        counted
            .push_front(Counted(drops.clone()), GFP_KERNEL)
            .unwrap();
    }
    drop(counted.pop_front());
    assert_eq!(drops.get(), 1);
    drop(counted);
    assert_eq!((drops.get(), live_allocations()), (many, 0));
}

#[test]
fn text_grows() {
    let mut text = KString::from_str("a", GFP_KERNEL).unwrap();
    text.push('é', GFP_KERNEL).unwrap();
    text.push_fmt(format_args!("{}-{:?}", 1, "b"), GFP_KERNEL)
        .unwrap();
    assert_eq!(&*text, "aé1-\"b\"");
    assert_eq!(format!("{text:>8}|"), " aé1-\"b\"|");
    limit_allocations(0);
    let long = "x".repeat(100);
    assert_eq!(
        text.push_fmt(format_args!("{long}"), GFP_KERNEL),
        Err(ENOMEM)
    );
}

#[test]
fn text_must_be_utf8() {
    let bytes = |bytes: &[u8]| {
        let mut vec = KVec::new();
        vec.extend_from_slice(bytes, GFP_KERNEL).unwrap();
        KString::from_utf8(vec)
    };
    assert_eq!(bytes(b"ab").unwrap().as_str(), "ab");
    assert_eq!(bytes(b"\xff"), Err(EINVAL));
}

#[test]
fn the_last_owner_drops() {
    let drops = Rc::new(Cell::new(0));
    let first = Arc::new(Counted(drops.clone()), GFP_KERNEL).unwrap();
    let second = first.clone();
    assert!(Arc::ptr_eq(&first, &second));
    drop(first);
    assert_eq!(drops.get(), 0);
    drop(second);
    assert_eq!((drops.get(), live_allocations()), (1, 0));
}

#[test]
fn owners_on_many_threads() {
    let value = Arc::new(std::sync::atomic::AtomicUsize::new(0), GFP_KERNEL).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let value = value.clone();
            scope.spawn(move || {
                for _ in 0..1000 {
                    value
                        .clone()
                        .fetch_add(1, core::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(value.load(core::sync::atomic::Ordering::Relaxed), 4000);
}

fn fits(size: usize, align: usize) -> Option<usize> {
    let kmalloc = kmalloc_for(Layout::from_size_align(size, align).unwrap())?;
    let same = |(_, other): &&(usize, Kmalloc)| *other as usize == kmalloc as usize;
    KMALLOC.iter().find(same).map(|(size, _)| *size)
}

#[test]
fn the_least_cache_that_is_aligned_enough_is_taken() {
    assert_eq!(fits(1, 1), Some(8));
    assert_eq!(fits(8, 8), Some(8));
    assert_eq!(fits(96, 8), Some(96));
    assert_eq!(fits(96, 32), Some(128));
    assert_eq!(fits(16, 64), Some(64));
    assert_eq!(fits(129, 16), Some(256));
    assert_eq!(fits(4096, 4096), Some(4096));
    assert_eq!(fits(4097, 1), None);
    assert_eq!(fits(8, 8192), None);
}
