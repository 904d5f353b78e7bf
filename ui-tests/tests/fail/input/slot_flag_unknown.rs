// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(absolute(ABS_MT_POSITION_X(0..=9)), slots = 2, slot_flags(touchscreen, drop))]
    pad: Input,
}

fn main() {}
