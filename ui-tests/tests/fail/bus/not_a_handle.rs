// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Chip {
    #[bus]
    chip: AtomicU32,
}

fn main() {}
