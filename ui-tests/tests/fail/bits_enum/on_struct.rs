// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[derive(BitsEnum)]
struct Mode;

fn main() {}
