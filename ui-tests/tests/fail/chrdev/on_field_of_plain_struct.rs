// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Ticket {
    #[chrdev]
    ticket: Dispenser,
}

struct Dispenser;

fn main() {}
