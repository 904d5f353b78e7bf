// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(mode = 0o444)]
impl FileOperations for Dispenser {}

fn main() {}
