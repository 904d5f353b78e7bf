// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_next((from, to): (u32, u32)) -> u32 {
    from + to
}

fn main() {}
