// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[runtime_pm]
    power: u32,
}

fn main() {}
