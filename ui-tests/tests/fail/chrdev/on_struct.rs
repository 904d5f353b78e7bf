// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[chrdev(mode = 0o444)]
struct Dispenser;

fn main() {}
