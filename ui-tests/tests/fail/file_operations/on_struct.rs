// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[file_operations]
struct Dispenser;

fn main() {}
