// SPDX-License-Identifier: GPL-2.0-only
//! A crate that the planted module uses.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::time::msleep;

/// What is told of something.
pub trait Listener: Sync {
    /// It happened.
    fn told(&self, number: u32) -> u32;
}

#[inline(never)]
pub fn rests(number: u32) -> u32 {
    msleep(number);
    number
}

#[inline(never)]
pub fn calls_back(f: impl FnOnce(u32) -> u32, number: u32) -> u32 {
    f(number).wrapping_add(1)
}

#[inline(never)]
pub fn tells(listener: &impl Listener, number: u32) -> u32 {
    listener.told(number).wrapping_mul(5)
}

#[inline(never)]
pub fn locked(lock: &SpinLock<u32>, f: impl FnOnce() -> u32) {
    lock.with(|value| *value = value.wrapping_add(f()));
}
