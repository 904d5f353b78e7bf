// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[bar(index = 0)]
    map: Bar<u32>,
}

fn main() {}
