// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

fn end(process: &Pid) -> Result {
    process.signal(9)
}

fn main() {}
