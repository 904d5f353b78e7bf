// SPDX-License-Identifier: GPL-2.0-only
//! How a device is talked to.

use kmod_bindings::{self as bindings, kmod_spi_settings};

/// When data changes and when it is taken: the clock's polarity and phase, as a data sheet numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpiMode {
    /// The clock is low when idle, and data is taken when it rises: `SPI_MODE_0`.
    Mode0,
    /// Low, taken when it falls: `SPI_MODE_1`.
    Mode1,
    /// High, taken when it falls: `SPI_MODE_2`.
    Mode2,
    /// High, taken when it rises: `SPI_MODE_3`.
    Mode3,
}

/// The bits that are the mode.
const CLOCK: u32 = bindings::KMOD_SPI_CPHA | bindings::KMOD_SPI_CPOL;

impl SpiMode {
    const fn bits(self) -> u32 {
        match self {
            Self::Mode0 => 0,
            Self::Mode1 => bindings::KMOD_SPI_CPHA,
            Self::Mode2 => bindings::KMOD_SPI_CPOL,
            Self::Mode3 => CLOCK,
        }
    }

    /// What these bits of a mode say.
    pub(super) fn of(bits: u32) -> Self {
        match (
            bits & bindings::KMOD_SPI_CPOL != 0,
            bits & bindings::KMOD_SPI_CPHA != 0,
        ) {
            (false, false) => Self::Mode0,
            (false, true) => Self::Mode1,
            (true, false) => Self::Mode2,
            (true, true) => Self::Mode3,
        }
    }
}

/// How a device is talked to, for [`setup`](super::SpiHandle::setup): what is not said stays as the board or a
/// setup before has it.
#[derive(Clone, Copy)]
#[must_use = "settings are made those of a device by `setup`"]
pub struct SpiSettings(pub(super) kmod_spi_settings);

impl Default for SpiSettings {
    fn default() -> Self {
        Self::new()
    }
}

impl SpiSettings {
    /// All as it is.
    pub const fn new() -> Self {
        Self(kmod_spi_settings {
            mode: 0,
            changed: 0,
            speed: 0,
            bits: 0,
        })
    }

    /// These bits of the mode are so.
    const fn with(mut self, bits: u32, to: u32) -> Self {
        self.0.changed |= bits;
        self.0.mode = self.0.mode & !bits | to;
        self
    }

    /// One bit of it is on or off.
    const fn bit(self, bit: u32, on: bool) -> Self {
        self.with(bit, if on { bit } else { 0 })
    }

    /// The clock's polarity and phase.
    pub const fn mode(self, mode: SpiMode) -> Self {
        self.with(CLOCK, mode.bits())
    }

    /// Whether the lowest bit of a word comes first: `SPI_LSB_FIRST`.
    pub const fn lsb_first(self, on: bool) -> Self {
        self.bit(bindings::KMOD_SPI_LSB_FIRST, on)
    }

    /// Whether one wire is for both directions: `SPI_3WIRE`.
    pub const fn three_wire(self, on: bool) -> Self {
        self.bit(bindings::KMOD_SPI_3WIRE, on)
    }

    /// Whether the controller hears itself in place of the device: `SPI_LOOP`.
    pub const fn loop_back(self, on: bool) -> Self {
        self.bit(bindings::KMOD_SPI_LOOP, on)
    }

    /// The highest clock, in Hz: `max_speed_hz`. The kernel takes the controller's, if that is lower. 0 changes
    /// nothing.
    pub const fn max_speed(mut self, hz: u32) -> Self {
        self.0.speed = hz;
        self
    }

    /// How many bits a word has, 1 to 32: `bits_per_word`. 0 changes nothing.
    pub const fn bits_per_word(mut self, bits: u8) -> Self {
        self.0.bits = bits;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_change_what_they_name() {
        let settings = SpiSettings::new().mode(SpiMode::Mode3).lsb_first(false);
        assert_eq!((settings.0.mode, settings.0.changed), (3, 0b1011));
        let settings = settings.mode(SpiMode::Mode1).lsb_first(true);
        assert_eq!((settings.0.mode, settings.0.changed), (0b1001, 0b1011));
        for mode in [
            SpiMode::Mode0,
            SpiMode::Mode1,
            SpiMode::Mode2,
            SpiMode::Mode3,
        ] {
            assert_eq!(SpiMode::of(SpiSettings::new().mode(mode).0.mode), mode);
        }
    }
}
