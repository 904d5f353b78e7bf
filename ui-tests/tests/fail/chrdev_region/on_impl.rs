// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[chrdev_region]
impl Dispenser {}

fn main() {}
