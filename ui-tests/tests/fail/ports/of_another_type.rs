// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has ports
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[ports(base = 0x2e)]
    ports: u32,
}

fn main() {}
