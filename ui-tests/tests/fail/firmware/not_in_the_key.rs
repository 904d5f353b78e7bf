// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::firmware::{FirmwareName, firmware_name};
use kmod_core::prelude::*;

/// A card
#[kernel_module(name = "card", license = "GPL", firmware = ["acme/card.bin"])]
#[derive(Default)]
struct Card {}

const MISSPELT: FirmwareName = firmware_name!(Card, "acme/cart.bin");

fn main() {
    let _ = MISSPELT;
}
