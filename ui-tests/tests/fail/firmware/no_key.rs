// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::firmware::{Firmware, firmware_name};
use kmod_core::prelude::*;

/// A card
#[kernel_module(name = "card", license = "GPL")]
#[derive(Default)]
struct Card {}

fn main() {
    let _ = Firmware::request(firmware_name!(Card, "acme/card.bin"));
}
