// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

// Nothing here.
impl FileOperations for Dispenser {}

fn main() {}
