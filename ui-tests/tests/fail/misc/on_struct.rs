// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[misc(name = "ticket")]
struct Dispenser;

fn main() {}
