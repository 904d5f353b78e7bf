// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[trace_event]
struct Opened {
    minor: u32,
    #[cfg(debug_assertions)]
    line: u32,
}

fn main() {}
