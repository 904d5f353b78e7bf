// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    kind: u8,
    inner: Inner,
}

#[uapi]
struct Inner {
    max: u16,
}

fn main() {}
