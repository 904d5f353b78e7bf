// SPDX-License-Identifier: GPL-2.0-only
//! The memory that the card has itself, as a file: the card moves it from and to a buffer by DMA.

use kmod_core::prelude::*;

use crate::{Card, Registers};

/// Where the card sees it.
const START: u64 = 0x4_0000;
/// How much there is of it, in bytes: QEMU lets a transfer have all but the last one of the 4,096.
const SIZE: usize = 4095;

/// What a transfer is told: to begin, with an interrupt at its end.
const BEGIN: u64 = 1 | 4;
/// The same, from the card.
const FROM_CARD: u64 = BEGIN | 2;

#[derive(Default)]
pub(crate) struct Memory;

#[file_operations]
impl FileOperations for Memory {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let card = file.instance();
        let mut bytes = KVec::zeroed(part(pos, to.len()), GFP_KERNEL)?;
        // Nobody else has the card meanwhile.
        let turn = card.result.lock();
        card.transfer(START + pos, card.buffer.dma_addr()?, bytes.len(), FROM_CARD)?;
        card.buffer.read_bytes(0, &mut bytes)?;
        drop(turn);
        to.write(&bytes)?;
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        let card = file.instance();
        let mut bytes = KVec::zeroed(part(pos, from.len()), GFP_KERNEL)?;
        from.read(&mut bytes)?;
        let _turn = card.result.lock();
        card.buffer.write(0, &bytes[..])?;
        card.transfer(card.buffer.dma_addr()?, START + pos, bytes.len(), BEGIN)
    }
}

/// How many of `len` bytes are there from `pos` on.
fn part(pos: u64, len: usize) -> usize {
    let rest = usize::try_from(pos).map_or(0, |pos| SIZE.saturating_sub(pos));
    len.min(rest)
}

impl Card {
    /// Has the card move bytes, and waits for its interrupt.
    fn transfer(&self, from: u64, to: u64, count: usize, command: u64) -> Result {
        if count == 0 {
            return Ok(());
        }
        self.done.reinit();
        self.registers.write(Registers::SOURCE, from);
        self.registers.write(Registers::DESTINATION, to);
        self.registers
            .write(Registers::COUNT, u64::try_from(count)?);
        self.registers.write(Registers::COMMAND, command);
        self.done.wait_uninterruptible()?;
        // The card is through with it: when it is unbound, the buffer can be freed.
        self.buffer.end();
        Ok(())
    }
}
