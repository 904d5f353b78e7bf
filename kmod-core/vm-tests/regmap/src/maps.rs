// SPDX-License-Identifier: GPL-2.0-only
//! The registers of the chips.

use kmod_core::prelude::*;

#[registers(size = 0x80)]
pub(crate) struct Bytes {
    /// Which chip it is, which does not change.
    #[ro(0x00, volatile = false)]
    pub(crate) id: u8,
    #[ro(0x01)]
    pub(crate) level: u8,
    #[rw(0x02, reset = 0x12)]
    pub(crate) control: Control,
    /// Does something.
    #[wo(0x03)]
    pub(crate) command: u8,
    /// Cannot be read back.
    #[wo(0x04, volatile = false)]
    pub(crate) setting: u8,
    #[rc(0x05)]
    pub(crate) causes: u8,
    #[w1c(0x06)]
    pub(crate) events: u8,
    #[rw(0x07, volatile = true)]
    pub(crate) scratch: u8,
    #[rw(0x10)]
    pub(crate) table: [u8; 8],
    #[rw(0x20, stride = 2, reset = 3)]
    pub(crate) gaps: [u8; 4],
    #[ro(0x28)]
    pub(crate) levels: [u8; 4],
    #[block(0x40)]
    pub(crate) channels: [Channel; 2],
}

#[registers(size = 0x10)]
pub(crate) struct Channel {
    #[rw(0x00, reset = 1)]
    pub(crate) limit: u8,
    #[ro(0x02)]
    pub(crate) value: u8,
}

#[bits(u8)]
pub(crate) struct Control {
    #[bit(0)]
    pub(crate) enabled: bool,
    #[bit(4..=6)]
    mode: Mode,
}

#[derive(BitsEnum)]
pub(crate) enum Mode {
    Slow = 1,
    Fast = 4,
}

impl Control {
    /// Of a number, whether it is fast, and of another one, whether it is enabled.
    pub(crate) fn changed(self, mode: u32, enabled: u32) -> Self {
        let mode = if mode == 0 { Mode::Slow } else { Mode::Fast };
        self.with_mode(mode).with_enabled(enabled != 0)
    }
}

#[registers(size = 8, word = u16, endian = big)]
pub(crate) struct Words {
    #[ro(0)]
    pub(crate) level: u16,
    #[rw(1, reset = 0x60a0)]
    pub(crate) control: u16,
    #[rw(2, reset = 0x4b00)]
    pub(crate) limits: [u16; 2],
    #[rw(4, stride = 2)]
    pub(crate) gaps: [u16; 2],
}
