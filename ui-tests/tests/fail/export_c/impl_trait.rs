// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_next(step: impl Into<u32>) -> u32 {
    step.into()
}

fn main() {}
