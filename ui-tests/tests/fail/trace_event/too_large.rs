// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[trace_event]
struct Opened<'a> {
    block: [u64; 100],
    name: &'a str,
}

fn main() {}
