// SPDX-License-Identifier: GPL-2.0-only
//! What a message is made of.

use core::marker::PhantomData;
use core::ptr;
use core::time::Duration;

use kmod_bindings::kmod_spi_transfer;

use super::SpiBuffer;

/// A part of a [message](super::SpiHandle::message): bytes to the device, from it, or both at once. The kernel's
/// `struct spi_transfer`.
///
/// It has the whole of its buffer, one word after the other, at the device's speed, and leaves the device selected
/// for the next one, unless something else is said of it.
///
/// # Invariants
///
/// `from` and `to` are null, or point to as many bytes as `length` says, in memory of [`SpiBuffer`]s that is borrowed
/// during `'b`, `to`'s mutably; or `length` is `usize::MAX`, which is refused.
#[repr(transparent)]
#[must_use = "a transfer is done by `message`"]
pub struct SpiTransfer<'b> {
    row: kmod_spi_transfer,
    buffers: PhantomData<&'b mut [u8]>,
}

/// A time as the kernel's helper takes it, which refuses the longest.
fn nanos(time: Duration) -> u32 {
    u32::try_from(time.as_nanos()).unwrap_or(u32::MAX)
}

impl<'b> SpiTransfer<'b> {
    /// Of no bytes.
    const fn new() -> Self {
        // INVARIANT: Both are null.
        Self {
            row: kmod_spi_transfer {
                from: ptr::null(),
                to: ptr::null_mut(),
                length: 0,
                speed: 0,
                delay: 0,
                cs_delay: 0,
                word_delay: 0,
                bits: 0,
                cs_change: false,
            },
            buffers: PhantomData,
        }
    }

    /// Bytes to the device.
    pub fn write(from: &'b SpiBuffer) -> Self {
        let mut made = Self::new();
        // INVARIANT: It has so many bytes, and is borrowed.
        made.row.from = from.as_ptr().cast();
        made.row.length = from.len();
        made
    }

    /// Bytes from the device, to which zeroes are sent meanwhile, as a rule.
    pub fn read(to: &'b mut SpiBuffer) -> Self {
        let mut made = Self::new();
        // INVARIANT: It has so many bytes, and is borrowed mutably.
        made.row.to = to.as_mut_ptr().cast();
        made.row.length = to.len();
        made
    }

    /// As many bytes to the device as from it at the same time: as the smaller one of the buffers has.
    pub fn full_duplex(from: &'b SpiBuffer, to: &'b mut SpiBuffer) -> Self {
        let mut made = Self::write(from);
        // INVARIANT: Both have so many bytes.
        made.row.to = to.as_mut_ptr().cast();
        made.row.length = from.len().min(to.len());
        made
    }

    /// Only the first so many bytes of the buffers; if they have less, the message is refused: `EMSGSIZE`.
    pub fn length(mut self, bytes: usize) -> Self {
        // INVARIANT: It is no longer than it was, or refused.
        self.row.length = if bytes <= self.row.length {
            bytes
        } else {
            usize::MAX
        };
        self
    }

    /// At this clock, in Hz, or what of it the controller can do: `speed_hz`. 0 is the device's own.
    pub const fn speed(mut self, hz: u32) -> Self {
        self.row.speed = hz;
        self
    }

    /// In words of 1 to 32 bits: `bits_per_word`. 0 is the device's own. In memory a word has one byte, two or
    /// four, in the machine's order.
    pub const fn bits_per_word(mut self, bits: u8) -> Self {
        self.row.bits = bits;
        self
    }

    /// Waits this long after it, before anything happens to chip select: `delay`. 65,535 µs at the most; above
    /// 65,535 ns it is rounded up to a microsecond.
    pub fn delay(mut self, time: Duration) -> Self {
        self.row.delay = nanos(time);
        self
    }

    /// Waits this long after each word, if the controller can: `word_delay`, with the limits of
    /// [`delay`](Self::delay).
    pub fn word_delay(mut self, time: Duration) -> Self {
        self.row.word_delay = nanos(time);
        self
    }

    /// Deselects the device after it, for 10 µs; the last one of a message leaves it selected by this instead, until
    /// the next message on the bus, of whichever device: `cs_change`.
    pub const fn cs_change(mut self) -> Self {
        self.row.cs_change = true;
        self
    }

    /// The same, deselected for as long as this: `cs_change_delay`, with the limits of [`delay`](Self::delay).
    pub fn cs_change_for(self, time: Duration) -> Self {
        let mut made = self.cs_change();
        // 0 is the kernel's own time.
        made.row.cs_delay = nanos(time).max(1);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_never_longer_than_its_buffers() {
        let from = SpiBuffer::new(4).unwrap();
        let mut to = SpiBuffer::new(3).unwrap();
        assert_eq!(SpiTransfer::write(&from).row.length, 4);
        assert_eq!(SpiTransfer::write(&from).length(2).row.length, 2);
        assert_eq!(SpiTransfer::write(&from).length(5).row.length, usize::MAX);
        assert_eq!(SpiTransfer::read(&mut to).length(0).row.length, 0);
        assert_eq!(SpiTransfer::full_duplex(&from, &mut to).row.length, 3);
        let both = SpiTransfer::full_duplex(&from, &mut to).length(4);
        assert_eq!(both.row.length, usize::MAX);
        let again = SpiTransfer::write(&from).length(2).length(3);
        assert_eq!(again.row.length, usize::MAX);
    }

    #[test]
    fn a_time_that_is_too_long_stays_so() {
        assert_eq!(nanos(Duration::from_nanos(70)), 70);
        assert_eq!(nanos(Duration::from_secs(5)), u32::MAX);
        assert_eq!(nanos(Duration::MAX), u32::MAX);
        let from = SpiBuffer::new(1).unwrap();
        let short = SpiTransfer::write(&from).cs_change_for(Duration::ZERO);
        assert!(short.row.cs_change && short.row.cs_delay == 1);
    }
}
