// SPDX-License-Identifier: GPL-2.0-only
//! Queues with two ends.

use super::check;
use kmod_core::prelude::*;

pub fn all(n: usize, at: usize) -> Result {
    ends(n)?;
    middle(n, at)?;
    lengths(n, at)
}

/// The numbers from 0 to before `n`, of which the first half is at the end of the memory.
fn ring(n: usize) -> Result<KVecDeque<usize>> {
    let mut queue = KVecDeque::with_capacity(n, GFP_KERNEL)?;
    let half = n / 2;
    queue.extend(half..n, GFP_KERNEL)?;
    (0..half)
        .rev()
        .try_for_each(|value| queue.push_front(value, GFP_KERNEL))?;
    Ok(queue)
}

fn ends(n: usize) -> Result {
    let mut queue = ring(n)?;
    check!(queue.iter().copied().eq(0..n));
    let (first, second) = queue.as_slices();
    check!(first.iter().chain(second).copied().eq(0..n));
    check!(queue.front().copied() == (n > 0).then_some(0));
    check!(queue.back().copied() == n.checked_sub(1));
    // As one that is always full, and one that is almost empty.
    for value in n..n.saturating_mul(3) {
        queue.push_back(value, GFP_KERNEL)?;
        check!(queue.pop_front() == value.checked_sub(n));
    }
    check!(queue.capacity() <= n.saturating_mul(2));
    while let (Some(first), last) = (queue.pop_front(), queue.pop_back()) {
        check!(last.is_none_or(|last| first < last));
    }
    check!(queue.is_empty() && queue.front_mut().is_none() && queue.back_mut().is_none());
    Ok(())
}

fn middle(n: usize, at: usize) -> Result {
    let mut queue = ring(n)?;
    check!(queue.get(at).copied() == (at < n).then_some(at));
    queue.insert(at, 7, GFP_KERNEL)?;
    check!(queue.remove(at) == (at <= n).then_some(7));
    let mut queue = ring(n)?;
    queue.swap(at, 0);
    check!(queue.get(at).copied() == (at < n).then_some(0));
    queue.swap(0, at);
    if let Some(value) = queue.get_mut(at) {
        *value = 0;
    }
    queue.iter_mut().for_each(|value| *value /= 2);
    let (first, second) = queue.as_mut_slices();
    first.iter_mut().chain(second).for_each(|value| *value /= 2);
    check!(queue.make_contiguous().len() == n);
    check!(queue.as_slices().1.is_empty());
    queue.retain(|value| *value != 0);
    check!(!queue.contains(&0));
    Ok(())
}

fn lengths(n: usize, at: usize) -> Result {
    let mut queue = ring(n)?;
    let mut drained = queue.drain(at..at.saturating_add(3));
    check!(drained.next() == (at < n).then_some(at));
    check!(drained.next_back().is_none_or(|last| last > at));
    drop(drained);
    let mut other = ring(n)?;
    queue.append(&mut other, GFP_KERNEL)?;
    check!(other.is_empty() && queue.len() >= n);
    queue.truncate(at);
    check!(queue.len() <= at);
    check!(queue.reserve(usize::MAX, GFP_KERNEL).is_err());
    let length = queue.len();
    check!(
        queue
            .into_iter()
            .rev()
            .fold(0, |n: usize, _| n.wrapping_add(1))
            == length
    );
    let mut queue = ring(n)?;
    check!(queue == ring(n)?);
    queue.clear();
    check!(queue.is_empty() && queue.capacity() == n);
    Ok(())
}
