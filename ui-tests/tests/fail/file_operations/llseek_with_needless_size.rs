// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(llseek = noop_llseek(64))]
impl FileOperations for Dispenser {}

fn main() {}
