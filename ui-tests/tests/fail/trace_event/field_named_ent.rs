// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[trace_event]
struct Opened {
    ent: i32,
}

fn main() {}
