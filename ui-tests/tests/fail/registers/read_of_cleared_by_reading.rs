// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[rc(0x00)]
    events: u32,
    #[ro(0x04)]
    status: u32,
}

fn serve(bar: &Bar<Map>) -> u32 {
    bar.take(Map::STATUS) | bar.read(Map::EVENTS)
}

fn main() {}
