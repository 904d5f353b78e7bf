// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_stop() -> ! {
    panic!("no more tickets")
}

fn main() {}
