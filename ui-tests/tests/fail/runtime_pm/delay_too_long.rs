// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[runtime_pm(autosuspend = 2_147_483_648)]
    power: RuntimePm,
}

fn main() {}
