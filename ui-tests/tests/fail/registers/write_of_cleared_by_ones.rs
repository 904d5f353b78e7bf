// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[w1c(0x00)]
    events: u32,
}

fn serve(bar: &Bar<Map>) {
    let events = bar.read(Map::EVENTS);
    bar.write(Map::EVENTS, events & !1);
    bar.update(Map::EVENTS, |events| events & !1);
}

fn main() {}
