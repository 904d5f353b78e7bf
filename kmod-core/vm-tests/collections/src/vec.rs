// SPDX-License-Identifier: GPL-2.0-only
//! Rows.

use super::{check, is_sorted, numbers, sum};
use kmod_core::prelude::*;

pub fn all(n: usize, at: usize) -> Result {
    single(n, at)?;
    ranges(n, at)?;
    lengths(n, at)
}

/// One value at a time.
fn single(n: usize, at: usize) -> Result {
    let mut vec = numbers(n)?;
    let inside = at.min(n);
    vec.insert(at, 7, GFP_KERNEL)?;
    check!(vec.get(inside) == Some(&7) && vec.len().checked_sub(1) == Some(n));
    check!(vec.remove(at) == (at <= n).then_some(7));
    let vec = &mut numbers(n)?;
    check!(vec.swap_remove(at) == (at < n).then_some(at));
    check!(vec.pop_if(|_| false).is_none());
    let last = vec.last().copied();
    check!(vec.pop() == last);
    vec.push(1, GFP_KERNEL)?;
    vec.retain(|value| *value != 1);
    check!(!vec.contains(&1));
    vec.extend_from_slice(&[5, 5, 6], GFP_KERNEL)?;
    vec.dedup();
    vec.dedup_by_key(|value| *value / 2);
    vec.dedup_by(|value, before| value < before);
    check!(is_sorted(vec.iter()));
    Ok(())
}

/// Several at once.
fn ranges(n: usize, at: usize) -> Result {
    let mut vec = numbers(n)?;
    let drained = sum(vec.drain(at..at.saturating_add(2)));
    let next = at.saturating_add(1);
    check!(drained == sum([at, next].into_iter().filter(|value| *value < n)));
    check!(vec.drain(at..1).len() <= 1);
    vec.extend_from_within(at.., GFP_KERNEL)?;
    vec.extend_from_within(..=at, GFP_KERNEL)?;
    let mut behind = vec.split_off(at, GFP_KERNEL)?;
    check!(vec.len() <= at);
    vec.append(&mut behind, GFP_KERNEL)?;
    check!(behind.is_empty());
    vec.clear();
    check!(vec.drain(..).next_back().is_none());
    Ok(())
}

/// Of the row, and of its memory.
fn lengths(n: usize, at: usize) -> Result {
    let mut vec = numbers(n)?;
    vec.truncate(at);
    check!(vec.len() == n.min(at));
    vec.resize(n, 1, GFP_KERNEL)?;
    vec.resize_with(n / 2, GFP_KERNEL, || 2)?;
    check!(vec.len() == n / 2);
    vec.shrink_to_fit(GFP_KERNEL)?;
    check!(vec.capacity() == n / 2);
    vec.reserve(1, GFP_KERNEL)?;
    check!(vec.reserve(usize::MAX, GFP_KERNEL).is_err());
    let clone = vec.try_clone(GFP_KERNEL)?;
    check!(clone == vec && clone <= vec);
    check!(clone.into_iter().rev().eq(vec.iter().rev().copied()));
    let zeroes = KVec::<usize>::zeroed(n, GFP_KERNEL)?;
    check!(zeroes == KVec::from_elem(0, n, GFP_KERNEL)?);
    Ok(())
}
