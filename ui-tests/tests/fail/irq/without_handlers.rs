// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq]
    irq: Irq<Raised>,
}

struct Raised;

#[handlers]
impl IrqHandler for Raised {}

fn main() {}
