// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export(gpl)]
fn ticket_print(text: &str) {
    let _ = text;
}

fn main() {}
