// SPDX-License-Identifier: GPL-2.0-only
//! What a register holds: words, and values that are made of one.

use core::ffi::c_void;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::sealed::Sealed;

/// What a register can be read and written as: an unsigned integer of 8 to 64 bits.
pub trait Word: Copy + Sealed + 'static {
    /// All bits.
    const ONES: Self;

    #[doc(hidden)]
    fn swap_bytes(self) -> Self;

    #[doc(hidden)]
    fn into_u64(self) -> u64;

    /// Of the lowest bits.
    #[doc(hidden)]
    fn from_u64(bits: u64) -> Self;

    /// Reads it.
    ///
    /// # Safety
    ///
    /// `at` is mapped memory of a device, aligned.
    #[doc(hidden)]
    unsafe fn read(at: NonNull<Self>) -> Self;

    /// As [`read`](Self::read).
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn read_relaxed(at: NonNull<Self>) -> Self;

    /// Writes it.
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn write(at: NonNull<Self>, word: Self);

    /// As [`write`](Self::write).
    ///
    /// # Safety
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    unsafe fn write_relaxed(at: NonNull<Self>, word: Self);
}

macro_rules! words {
    ($($word:ident: $read:ident $read_relaxed:ident $write:ident $write_relaxed:ident;)*) => {$(
        impl Sealed for $word {}

        impl Word for $word {
            const ONES: Self = $word::MAX;

            #[inline(always)]
            fn swap_bytes(self) -> Self {
                self.swap_bytes()
            }

            #[inline(always)]
            fn into_u64(self) -> u64 {
                self.into()
            }

            #[inline(always)]
            fn from_u64(bits: u64) -> Self {
                // Those that do not fit are of no field.
                bits as $word
            }

            #[inline(always)]
            unsafe fn read(at: NonNull<Self>) -> Self {
                // SAFETY: `at` is mapped memory of a device, aligned (`Word::read`'s contract).
                unsafe { bindings::$read(at.as_ptr().cast::<c_void>()) }
            }

            #[inline(always)]
            unsafe fn read_relaxed(at: NonNull<Self>) -> Self {
                // SAFETY: `at` is mapped memory of a device, aligned (`Word::read`'s contract).
                unsafe { bindings::$read_relaxed(at.as_ptr().cast::<c_void>()) }
            }

            #[inline(always)]
            unsafe fn write(at: NonNull<Self>, word: Self) {
                // SAFETY: `at` is mapped memory of a device, aligned (`Word::read`'s contract).
                unsafe { bindings::$write(at.as_ptr().cast::<c_void>(), word) };
            }

            #[inline(always)]
            unsafe fn write_relaxed(at: NonNull<Self>, word: Self) {
                // SAFETY: `at` is mapped memory of a device, aligned (`Word::read`'s contract).
                unsafe { bindings::$write_relaxed(at.as_ptr().cast::<c_void>(), word) };
            }
        }

        impl RegisterValue for $word {
            type Word = Self;

            #[inline(always)]
            fn from_word(word: Self) -> Self {
                word
            }

            #[inline(always)]
            fn into_word(self) -> Self {
                self
            }
        }
    )*};
}

words! {
    u8: kmod_io_read8 kmod_io_read8_relaxed kmod_io_write8 kmod_io_write8_relaxed;
    u16: kmod_io_read16 kmod_io_read16_relaxed kmod_io_write16 kmod_io_write16_relaxed;
    u32: kmod_io_read32 kmod_io_read32_relaxed kmod_io_write32 kmod_io_write32_relaxed;
    u64: kmod_io_read64 kmod_io_read64_relaxed kmod_io_write64 kmod_io_write64_relaxed;
}

/// What the value of a register is: a word, or a struct of bit fields, under
/// [`#[bits]`](macro@crate::bits).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the value of a register",
    note = "a register is a `u8`, `u16`, `u32` or `u64`, or a struct under `#[bits(u32)]`"
)]
pub trait RegisterValue: Copy + 'static {
    /// As what it is read and written.
    type Word: Word;

    /// The value of a word: there is one for each.
    fn from_word(word: Self::Word) -> Self;

    /// The word of a value.
    fn into_word(self) -> Self::Word;
}

/// How many bytes a register of this value is wide.
#[doc(hidden)]
pub const fn width<T: RegisterValue>() -> usize {
    size_of::<T::Word>()
}

/// The value whose word is `WORD`, as a constant: what a register has after a reset.
#[doc(hidden)]
pub trait ConstValue<const WORD: u64>: RegisterValue {
    /// It.
    const VALUE: Self;
}

macro_rules! constants {
    ($($word:ident)*) => {$(
        impl<const WORD: u64> ConstValue<WORD> for $word {
            // `assert_reset` holds that it fits.
            const VALUE: Self = WORD as $word;
        }
    )*};
}

constants! { u8 u16 u32 u64 }
