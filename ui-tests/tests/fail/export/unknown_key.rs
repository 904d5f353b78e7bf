// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export(gpl_only)]
fn ticket_next() -> u32 {
    1
}

fn main() {}
