// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_next(step: u32) -> Result<u32> {
    step.checked_add(1).ok_or(EINVAL)
}

fn main() {}
