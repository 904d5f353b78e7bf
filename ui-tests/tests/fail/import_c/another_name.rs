// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    #[link_name = "ticket_next"]
    fn next(step: u32) -> u32;
}

fn main() {}
