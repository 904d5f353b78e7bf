// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

struct Limits {
    min: u32,
}

#[export_c]
fn ticket_min(limits: &Limits) -> u32 {
    limits.min
}

fn main() {}
