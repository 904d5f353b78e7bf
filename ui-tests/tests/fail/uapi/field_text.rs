// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    name: KString,
}

fn main() {}
