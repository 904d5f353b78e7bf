// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn send(spi: &SpiHandle) -> Result<usize> {
    let buffer = SpiBuffer::new(2)?;
    let mut transfers = [SpiTransfer::write(&buffer)];
    drop(buffer);
    spi.message(&mut transfers)
}

fn main() {}
