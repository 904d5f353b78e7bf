// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    static ticket_last: u32;
}

fn main() {}
