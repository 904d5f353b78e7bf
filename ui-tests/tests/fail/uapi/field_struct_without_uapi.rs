// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    inner: Inner,
}

#[repr(C)]
struct Inner {
    max: u32,
}

fn main() {}
