// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(llseek = fixed_size_llseek)]
impl FileOperations for Dispenser {}

fn main() {}
