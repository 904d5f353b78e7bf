// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::firmware::Firmware;

fn main() {
    let _ = Firmware::request("acme/card.bin");
}
