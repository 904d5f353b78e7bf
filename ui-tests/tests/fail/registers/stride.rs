// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x80)]
struct Map {
    #[rw(0x00, stride = 8)]
    one: u32,
    #[rw(0x08, stride = 6)]
    near: [u32; 2],
    #[rw(0x20, stride = 2)]
    nearer: [u32; 2],
    #[rw(0x40, stride = 0x10)]
    far: [u32; 5],
    #[rw(0x70, stride = 0)]
    none: [u32; 2],
}

fn main() {}
