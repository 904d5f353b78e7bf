// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Lamp {
    #[urb]
    reports: u32,
}

fn main() {}
