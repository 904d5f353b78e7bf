// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn send(spi: &SpiHandle) -> Result<usize> {
    let bytes = [0x80, 0x00];
    spi.message(&mut [SpiTransfer::write(&bytes)])
}

fn main() {}
