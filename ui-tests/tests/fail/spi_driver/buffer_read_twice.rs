// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn both(spi: &SpiHandle, to: &mut SpiBuffer) -> Result<usize> {
    spi.message(&mut [SpiTransfer::read(to), SpiTransfer::read(to)])
}

fn same(spi: &SpiHandle, buffer: &mut SpiBuffer) -> Result {
    spi.transfer(buffer, buffer)
}

fn main() {}
