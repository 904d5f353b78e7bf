// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 1)]
    ports: Bar<Map, Ports>,
}

#[registers(size = 8)]
struct Map {
    #[rw(0)]
    first: u64,
}

fn read(card: &Card) -> u64 {
    card.ports.read(Map::FIRST)
}

fn main() {}
