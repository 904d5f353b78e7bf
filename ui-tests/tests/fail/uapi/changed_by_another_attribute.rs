// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;
use ui_tests_swap::swap;

/// Its field would be what userspace sends.
#[uapi]
#[swap(u64 => &'static u32)]
struct Peek {
    at: u64,
}

/// It has one more field, which takes no room, and which userspace would make.
#[uapi]
#[swap(u64 => u64, key: Key)]
struct Opens {
    at: u64,
}

/// Not for everyone.
struct Key;

fn main() {}
