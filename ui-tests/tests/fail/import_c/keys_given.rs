// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[import_c(header = "ticket.h")]
unsafe extern "C" {
    fn ticket_next(step: u32) -> u32;
}

fn main() {}
