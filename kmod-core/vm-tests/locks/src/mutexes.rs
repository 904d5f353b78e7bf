// SPDX-License-Identifier: GPL-2.0-only
//! Mutexes that are held in each other: in the module's struct, in a static and on the heap.

use kmod_core::prelude::*;

/// Some, each made at a place of its own.
pub(super) struct Mutexes {
    one: Mutex<u32>,
    other: Mutex<u32>,
    row: [Mutex<u32>; 2],
}

pub(super) static MUTEXES: Mutexes = Mutexes::new();

impl Mutexes {
    pub(super) const fn new() -> Self {
        Self {
            one: Mutex::new(1),
            other: Mutex::new(2),
            row: [Mutex::new(3), Mutex::new(4)],
        }
    }

    /// Holds them in each other, in every way to take one.
    pub(super) fn nested(&self) -> Result<u32> {
        Ok(nested(&self.one, &self.other)? + nested(&self.row[0], &self.row[1])?)
    }
}

impl Default for Mutexes {
    fn default() -> Self {
        Self::new()
    }
}

/// What both hold. The outer one is given back first.
fn nested(outer: &Mutex<u32>, inner: &Mutex<u32>) -> Result<u32> {
    let held = outer.lock_interruptible()?;
    if outer.try_lock().is_some() {
        return Err(EINVAL);
    }
    let within = inner.try_lock().ok_or(EBUSY)?;
    let sum = *held + *within;
    drop(held);
    drop(within);
    drop(inner.lock());
    Ok(sum)
}
