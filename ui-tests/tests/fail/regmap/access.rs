// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 8)]
struct Map {
    #[ro(0)]
    level: u8,
    #[wo(1)]
    command: u8,
    #[rc(2)]
    causes: u8,
    #[w1c(3)]
    events: u8,
    #[rw(4)]
    table: [u8; 4],
}

fn misuse(map: &Regmap<Map>) -> Result {
    map.write(Map::LEVEL, 1)?;
    map.read(Map::COMMAND)?;
    map.read(Map::CAUSES)?;
    map.update(Map::EVENTS, |events| events)?;
    map.read_all(Map::TABLE, &mut [0; 5])?;
    map.read(Map::TABLE)?;
    let level: u8 = map.read(Map::LEVEL);
    Ok(())
}

fn main() {}
