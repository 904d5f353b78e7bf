// SPDX-License-Identifier: GPL-2.0-only
//! What a map of registers says of each.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::ptr::NonNull;

use kmod_bindings as bindings;

/// A map of registers: a struct under [`#[registers]`](macro@crate::registers), which implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map of registers",
    note = "put `#[registers(size = …)]` on `{Self}`"
)]
pub trait Registers: 'static {
    /// How many bytes they take.
    const SIZE: usize;
    /// Whether they are big-endian.
    const BIG_ENDIAN: bool = false;
}

/// Sealed.
mod sealed {
    pub trait Sealed {}
}

/// What a register can be read and written as: an unsigned integer of 8 to 64 bits.
pub trait Word: Copy + sealed::Sealed + 'static {
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
        impl sealed::Sealed for $word {}

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

/// A register that can only be read.
#[derive(Clone, Copy)]
pub struct ReadOnly;

/// A register that can only be written.
#[derive(Clone, Copy)]
pub struct WriteOnly;

/// A register that can be read and written.
#[derive(Clone, Copy)]
pub struct ReadWrite;

/// A register that can be read.
#[diagnostic::on_unimplemented(
    message = "this register cannot be read",
    note = "it is `#[wo]` in its map; one that can be both is `#[rw]`"
)]
pub trait Readable: sealed::Sealed {}

/// A register that can be written.
#[diagnostic::on_unimplemented(
    message = "this register cannot be written",
    note = "it is `#[ro]` in its map; one that can be both is `#[rw]`"
)]
pub trait Writable: sealed::Sealed {}

impl sealed::Sealed for ReadOnly {}
impl sealed::Sealed for WriteOnly {}
impl sealed::Sealed for ReadWrite {}
impl Readable for ReadOnly {}
impl Readable for ReadWrite {}
impl Writable for WriteOnly {}
impl Writable for ReadWrite {}

/// A register of the map `R`: a constant of that struct.
///
/// # Invariants
///
/// It is within [`SIZE`](Registers::SIZE), and aligned as its word.
pub struct Register<R, T, A> {
    offset: usize,
    of: PhantomData<fn(A) -> (R, T)>,
}

impl<R, T, A> Clone for Register<R, T, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T, A> Copy for Register<R, T, A> {}

impl<R: Registers, T: RegisterValue, A> Register<R, T, A> {
    /// The one `offset` bytes into the map.
    ///
    /// # Panics
    ///
    /// If it is not aligned, or not in the map: of a constant, when it is compiled.
    pub const fn at(offset: usize) -> Self {
        // INVARIANT: This is it.
        assert!(offset.is_multiple_of(size_of::<T::Word>()), "not aligned");
        assert!(
            offset < R::SIZE && size_of::<T::Word>() <= R::SIZE - offset,
            "outside of the map"
        );
        Self {
            offset,
            of: PhantomData,
        }
    }

    /// How far into the map it is, in bytes.
    pub const fn offset(self) -> usize {
        self.offset
    }
}

/// Registers of the map `R` that follow each other: a constant of that struct.
///
/// # Invariants
///
/// All of them are within [`SIZE`](Registers::SIZE), and aligned as their word.
pub struct RegisterArray<R, T, A, const N: usize> {
    first: Register<R, T, A>,
}

impl<R, T, A, const N: usize> Clone for RegisterArray<R, T, A, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T, A, const N: usize> Copy for RegisterArray<R, T, A, N> {}

impl<R: Registers, T: RegisterValue, A, const N: usize> RegisterArray<R, T, A, N> {
    /// Those `offset` bytes into the map.
    ///
    /// # Panics
    ///
    /// As [`Register::at`]; and if there are none.
    pub const fn at(offset: usize) -> Self {
        let first = Register::at(offset);
        // INVARIANT: All of them are in the map.
        assert!(
            N > 0 && N <= (R::SIZE - offset) / size_of::<T::Word>(),
            "outside of the map"
        );
        Self { first }
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub const fn len(self) -> usize {
        N
    }

    /// The one of this number, from 0 on; `None` if there are not so many.
    pub const fn get(self, index: usize) -> Option<Register<R, T, A>> {
        if index >= N {
            return None;
        }
        // INVARIANT: It is one of those that are in the map.
        Some(Register {
            offset: self.first.offset + index * size_of::<T::Word>(),
            of: PhantomData,
        })
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Register<R, T, A>> {
        (0..N).filter_map(move |index| self.get(index))
    }
}

/// Where a register is, for the checks of a map.
pub struct Placing {
    /// In bytes.
    pub offset: usize,
    /// In bytes.
    pub size: usize,
    /// How many there are.
    pub count: usize,
    /// Whether it can be read, and written.
    pub access: (bool, bool),
}

impl Placing {
    const fn end(&self) -> Option<usize> {
        match self.size.checked_mul(self.count) {
            Some(bytes) => self.offset.checked_add(bytes),
            None => None,
        }
    }
}

/// Fails to compile if a register is not aligned, or is not in the map.
#[track_caller]
pub const fn assert_placed(register: &Placing, size: usize, aligned: &str, inside: &str) {
    assert!(register.offset.is_multiple_of(register.size), "{}", aligned);
    match register.end() {
        Some(end) => assert!(end <= size && register.count > 0, "{}", inside),
        None => panic!("{}", inside),
    }
}

/// Fails to compile if a register overlaps another one, other than one that can only be written where
/// one is that can only be read.
#[track_caller]
pub const fn assert_free(register: &Placing, other: &Placing, message: &str) {
    let (Some(end), Some(other_end)) = (register.end(), other.end()) else {
        return;
    };
    let apart = end <= other.offset || other_end <= register.offset;
    let reads = register.access.0 && other.access.0;
    let writes = register.access.1 && other.access.1;
    assert!(apart || !(reads || writes), "{}", message);
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Map;

    impl Registers for Map {
        const SIZE: usize = 16;
    }

    #[test]
    fn an_array_ends_with_its_last_one() {
        let array = RegisterArray::<Map, u32, ReadOnly, 3>::at(4);
        assert_eq!(array.get(2).map(Register::offset), Some(12));
        assert!(array.get(3).is_none() && array.get(usize::MAX).is_none());
        assert_eq!(array.iter().count(), 3);
    }

    #[test]
    #[should_panic(expected = "outside of the map")]
    fn a_register_is_in_its_map() {
        Register::<Map, u64, ReadOnly>::at(16);
    }

    #[test]
    #[should_panic(expected = "not aligned")]
    fn a_register_is_aligned() {
        Register::<Map, u64, ReadOnly>::at(4);
    }

    #[test]
    #[should_panic(expected = "outside of the map")]
    fn an_array_is_in_its_map() {
        RegisterArray::<Map, u32, ReadOnly, 4>::at(4);
    }
}
