// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn init_module() -> i32 {
    0
}

fn main() {}
