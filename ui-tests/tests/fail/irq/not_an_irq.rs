// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq]
    irq: AtomicU32,
}

fn main() {}
