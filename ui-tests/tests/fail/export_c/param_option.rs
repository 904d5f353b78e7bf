// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_next(step: Option<u32>) -> u32 {
    step.unwrap_or(1)
}

fn main() {}
