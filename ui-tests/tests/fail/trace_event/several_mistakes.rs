// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[trace_event]
struct Opened<const N: usize> {
    common_type: u32,
    int: [u8; N],
    __data: u8,
}

fn main() {}
