// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn ticket_name(name: &str) -> usize {
    name.len()
}

fn main() {}
