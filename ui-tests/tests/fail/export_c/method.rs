// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

struct Dispenser;

impl Dispenser {
    #[export_c]
    fn ticket_next(&self) -> u32 {
        1
    }
}

fn main() {}
