// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
extern "C" fn ticket_next(step: u32) -> u32 {
    step
}

fn main() {}
