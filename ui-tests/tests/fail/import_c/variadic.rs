// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    fn ticket_log(format: *const u8, ...) -> i32;
}

fn main() {}
