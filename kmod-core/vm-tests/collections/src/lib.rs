// SPDX-License-Identifier: GPL-2.0-only
//! Collections in a module that is not built if it can panic: each of their methods is called, with
//! indices and lengths that only the caller of `insmod` knows.
#![no_std]
#![forbid(unsafe_code)]

mod deque;
mod hash;
mod map;
mod vec;

use kmod_core::prelude::*;

/// Uses collections, without a panic
#[kernel_module(
    name = "vm_collections",
    license = "GPL",
    panic = "forbid",
    params(
        /// Try rows
        vec: bool = false,
        /// Try queues with two ends
        deque: bool = false,
        /// Try maps
        map: bool = false,
        /// Try maps in no order, and numbers
        hash: bool = false,
        /// Count a user after the last one
        revive: bool = false,
        /// Give a number back twice
        twice: bool = false,
        /// How many values
        n: usize = 100,
        /// The index at which it happens
        at: usize = 3,
    ),
)]
struct Collections;

impl KernelModule for Collections {
    fn init(params: &CollectionsParams) -> Result<Self> {
        let (n, at) = (params.n(), params.at());
        if params.vec() {
            vec::all(n, at)?;
        }
        if params.deque() {
            deque::all(n, at)?;
        }
        if params.map() {
            map::all(n, at)?;
        }
        if params.hash() {
            hash::all(n, at)?;
        }
        if params.revive() {
            hash::revive()?;
        }
        if params.twice() {
            hash::twice()?;
        }
        Ok(Self)
    }
}

/// EINVAL, and what, unless it holds.
macro_rules! check {
    ($condition:expr) => {
        if !$condition {
            pr_err!("not so: {}", stringify!($condition));
            return Err(EINVAL);
        }
    };
}
use check;

/// The numbers from 0 to before `n`.
fn numbers(n: usize) -> Result<KVec<usize>> {
    let mut vec = KVec::with_capacity(n, GFP_KERNEL)?;
    vec.extend(0..n, GFP_KERNEL)?;
    Ok(vec)
}

/// As `Iterator::sum`, which panics where overflows are checked.
fn sum(values: impl Iterator<Item = usize>) -> usize {
    values.fold(0, usize::wrapping_add)
}

/// As std's of a slice, for anything.
fn is_sorted<'a>(values: impl IntoIterator<Item = &'a usize>) -> bool {
    let mut before = &0;
    values
        .into_iter()
        .all(|value| core::mem::replace(&mut before, value) <= value)
}
