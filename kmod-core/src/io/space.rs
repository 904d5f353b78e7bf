// SPDX-License-Identifier: GPL-2.0-only
//! How registers are reached: as memory, by I/O ports, or by an index and a data port.

use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::Word;
use super::sealed::Sealed;
use crate::sync::SpinLockIrq;

/// How registers are reached: [`Memory`], [`Ports`] or [`Indexed`].
pub trait Space: Sealed + 'static {
    /// What a window keeps for it.
    #[doc(hidden)]
    type State: Send + Sync;

    /// That, of a new window.
    #[doc(hidden)]
    const NEW: Self::State;
}

/// A space that has registers as wide as `W`.
///
/// # Safety
///
/// The functions do no more than their names say, within the registers that they are promised.
#[diagnostic::on_unimplemented(
    message = "there are no I/O ports as wide as `{W}`",
    note = "they are 8, 16 or 32 bits wide, and 8 or 16 behind an index: declare the register as several"
)]
pub unsafe trait Access<W: Word>: Space {
    /// Reads a little-endian word, in order with other accesses to memory.
    ///
    /// # Safety
    ///
    /// A register as wide as `W` is `offset` behind `base`, where the space has `base`.
    #[doc(hidden)]
    unsafe fn read(state: &Self::State, base: NonNull<u8>, offset: usize) -> W;

    /// The same, in order with accesses to this device only.
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn read_relaxed(state: &Self::State, base: NonNull<u8>, offset: usize) -> W {
        // SAFETY: The register is there (this function's contract).
        unsafe { Self::read(state, base, offset) }
    }

    /// Writes a little-endian word, in order with other accesses to memory.
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn write(state: &Self::State, base: NonNull<u8>, offset: usize, word: W);

    /// The same, in order with accesses to this device only.
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn write_relaxed(state: &Self::State, base: NonNull<u8>, offset: usize, word: W) {
        // SAFETY: The register is there (this function's contract).
        unsafe { Self::write(state, base, offset, word) };
    }
}

/// Memory of the device's, mapped: the kernel's `readl()` and `writel()`, and those of other widths.
pub struct Memory;

impl Sealed for Memory {}

impl Space for Memory {
    type State = ();
    const NEW: () = ();
}

// SAFETY: They are the kernel's accesses to memory of a device.
unsafe impl<W: Word> Access<W> for Memory {
    #[inline(always)]
    unsafe fn read((): &(), base: NonNull<u8>, offset: usize) -> W {
        // SAFETY: The register is within what is mapped at `base` (`Access::read`'s contract).
        let at = unsafe { base.add(offset) }.cast();
        // SAFETY: It is mapped, and aligned as its width (`Access::read`'s contract).
        unsafe { W::read(at) }
    }

    #[inline(always)]
    unsafe fn read_relaxed((): &(), base: NonNull<u8>, offset: usize) -> W {
        // SAFETY: The register is within what is mapped at `base` (`Access::read`'s contract).
        let at = unsafe { base.add(offset) }.cast();
        // SAFETY: It is mapped, and aligned as its width (`Access::read`'s contract).
        unsafe { W::read_relaxed(at) }
    }

    #[inline(always)]
    unsafe fn write((): &(), base: NonNull<u8>, offset: usize, word: W) {
        // SAFETY: The register is within what is mapped at `base` (`Access::read`'s contract).
        let at = unsafe { base.add(offset) }.cast();
        // SAFETY: It is mapped, and aligned as its width (`Access::read`'s contract).
        unsafe { W::write(at, word) };
    }

    #[inline(always)]
    unsafe fn write_relaxed((): &(), base: NonNull<u8>, offset: usize, word: W) {
        // SAFETY: The register is within what is mapped at `base` (`Access::read`'s contract).
        let at = unsafe { base.add(offset) }.cast();
        // SAFETY: It is mapped, and aligned as its width (`Access::read`'s contract).
        unsafe { W::write_relaxed(at, word) };
    }
}

/// I/O ports: the kernel's `inb()` and `outb()`, and those of 16 and 32 bits. They are always in order, so
/// that `read_relaxed` is `read`.
pub struct Ports;

impl Sealed for Ports {}

impl Space for Ports {
    type State = ();
    const NEW: () = ();
}

/// The port `offset` behind the first one, whose number `base` is.
#[inline(always)]
fn port(base: NonNull<u8>, offset: usize) -> u16 {
    // A region of ports ends at the last one, so that all numbers fit: what has it made sure of that.
    (base.addr().get() + offset) as u16
}

macro_rules! ports {
    ($($word:ident: $read:ident $write:ident;)*) => {$(
        // SAFETY: They are the kernel's accesses to I/O ports.
        unsafe impl Access<$word> for Ports {
            #[inline(always)]
            unsafe fn read((): &(), base: NonNull<u8>, offset: usize) -> $word {
                // SAFETY: The port is in a region that is taken (`Access::read`'s contract).
                unsafe { bindings::$read(port(base, offset)) }
            }

            #[inline(always)]
            unsafe fn write((): &(), base: NonNull<u8>, offset: usize, word: $word) {
                // SAFETY: The port is in a region that is taken (`Access::read`'s contract).
                unsafe { bindings::$write(port(base, offset), word) };
            }
        }
    )*};
}

ports! {
    u8: kmod_io_in8 kmod_io_out8;
    u16: kmod_io_in16 kmod_io_out16;
    u32: kmod_io_in32 kmod_io_out32;
}

/// Two I/O ports of 8 bits: the number of a register is written to the first one, and then the second one
/// is that register, as Super I/O chips have it. A lock makes the two accesses one step; a register of 16
/// bits is two that follow each other, in one step as well.
pub struct Indexed;

impl Sealed for Indexed {}

impl Space for Indexed {
    type State = SpinLockIrq<()>;
    const NEW: SpinLockIrq<()> = SpinLockIrq::new(());
}

impl Indexed {
    /// Writes the index port alone.
    ///
    /// # Safety
    ///
    /// The pair of ports at `base` is taken.
    pub(super) unsafe fn select(state: &SpinLockIrq<()>, base: NonNull<u8>, index: u8) {
        // SAFETY: The pair is taken (this function's contract), and this is within the lock.
        state.with(|()| unsafe { choose(base, index.into()) });
    }
}

/// Chooses a register by its number.
///
/// # Safety
///
/// The pair of ports at `base` is taken, and the lock of its window is held.
#[inline(always)]
unsafe fn choose(base: NonNull<u8>, index: usize) {
    // A map behind an index has 256 registers at most (`assert_ports`).
    // SAFETY: The port is taken (this function's contract).
    unsafe { bindings::kmod_io_out8(port(base, 0), index as u8) };
}

// SAFETY: They touch the two ports.
unsafe impl Access<u8> for Indexed {
    #[inline]
    unsafe fn read(state: &SpinLockIrq<()>, base: NonNull<u8>, offset: usize) -> u8 {
        state.with(|()| {
            // SAFETY: The pair is taken (`Access::read`'s contract), and this is within the lock.
            unsafe { choose(base, offset) };
            // SAFETY: The pair is taken (`Access::read`'s contract).
            unsafe { bindings::kmod_io_in8(port(base, 1)) }
        })
    }

    #[inline]
    unsafe fn write(state: &SpinLockIrq<()>, base: NonNull<u8>, offset: usize, word: u8) {
        state.with(|()| {
            // SAFETY: The pair is taken (`Access::read`'s contract), and this is within the lock.
            unsafe { choose(base, offset) };
            // SAFETY: The pair is taken (`Access::read`'s contract).
            unsafe { bindings::kmod_io_out8(port(base, 1), word) };
        });
    }
}

// SAFETY: They touch the two ports.
unsafe impl Access<u16> for Indexed {
    #[inline]
    unsafe fn read(state: &SpinLockIrq<()>, base: NonNull<u8>, offset: usize) -> u16 {
        state.with(|()| {
            u16::from_le_bytes([offset, offset + 1].map(|index| {
                // SAFETY: The pair is taken (`Access::read`'s contract), and this is within the lock.
                unsafe { choose(base, index) };
                // SAFETY: The pair is taken (`Access::read`'s contract).
                unsafe { bindings::kmod_io_in8(port(base, 1)) }
            }))
        })
    }

    #[inline]
    unsafe fn write(state: &SpinLockIrq<()>, base: NonNull<u8>, offset: usize, word: u16) {
        state.with(|()| {
            for (index, byte) in word.to_le_bytes().into_iter().enumerate() {
                // SAFETY: The pair is taken (`Access::read`'s contract), and this is within the lock.
                unsafe { choose(base, offset + index) };
                // SAFETY: The pair is taken (`Access::read`'s contract).
                unsafe { bindings::kmod_io_out8(port(base, 1), byte) };
            }
        });
    }
}

/// A space that is I/O ports.
pub trait PortSpace: Space {
    /// How many ports a map of so many bytes takes.
    #[doc(hidden)]
    fn ports(size: usize) -> usize;

    /// The most bytes that a map can have.
    #[doc(hidden)]
    const MOST: usize;
}

impl PortSpace for Ports {
    const MOST: usize = 1 << 16;

    fn ports(size: usize) -> usize {
        size
    }
}

impl PortSpace for Indexed {
    const MOST: usize = 1 << 8;

    fn ports(_size: usize) -> usize {
        2
    }
}
