// SPDX-License-Identifier: GPL-2.0-only
//! Bit fields of registers.

use super::Word;

/// What a bit field is: `bool` of one bit, an unsigned integer that has all its values, or an enum under
/// `#[derive(BitsEnum)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the value of a bit field",
    note = "a bit field is a `bool`, a `u8`, `u16`, `u32` or `u64`, or an enum under `#[derive(BitsEnum)]`"
)]
pub trait BitsValue: Sized + 'static {
    /// What is read of it: `Self`, or a `Result` where not all bit patterns are one.
    type Read;

    /// The most bits that it can have.
    const MOST: u32;

    /// The least bits that it needs.
    const LEAST: u32;

    /// The value of the field's bits.
    fn from_bits(bits: u64) -> Self::Read;

    /// The bits of a value, in the lowest ones.
    fn into_bits(self) -> u64;
}

impl BitsValue for bool {
    type Read = Self;

    const MOST: u32 = 1;
    const LEAST: u32 = 1;

    #[inline(always)]
    fn from_bits(bits: u64) -> Self {
        bits & 1 != 0
    }

    #[inline(always)]
    fn into_bits(self) -> u64 {
        self.into()
    }
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        impl BitsValue for $int {
            type Read = Self;

            const MOST: u32 = $int::BITS;
            const LEAST: u32 = 1;

            #[inline(always)]
            fn from_bits(bits: u64) -> Self {
                // The field has no more bits than that: `bit_range`.
                bits as $int
            }

            #[inline(always)]
            fn into_bits(self) -> u64 {
                self.into()
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 }

/// As many of the lowest bits as `count` says, at most 64.
const fn mask(count: u32) -> u64 {
    if count >= u64::BITS {
        u64::MAX
    } else {
        (1 << count) - 1
    }
}

/// The value of `count` bits from `first` on.
#[inline(always)]
pub fn get_bits<T: BitsValue, W: Word>(word: W, first: u32, count: u32) -> T::Read {
    T::from_bits((word.into_u64() >> first) & mask(count))
}

/// The same word with a value in `count` bits from `first` on; what has no room is left out.
#[inline(always)]
pub fn with_bits<T: BitsValue, W: Word>(word: W, first: u32, count: u32, value: T) -> W {
    let mask = mask(count);
    let bits = (value.into_bits() & mask) << first;
    W::from_u64(word.into_u64() & !(mask << first) | bits)
}

/// How many bits these values need, at least one.
pub const fn least_bits(mut values: &[u64]) -> u32 {
    let mut all = 1;
    while let [value, others @ ..] = values {
        all |= *value;
        values = others;
    }
    u64::BITS - all.leading_zeros()
}

/// The number of bits of a field from `first` to `last`. Fails to compile if they are not in a word of
/// `word` bits, or do not fit a `T`.
#[track_caller]
pub const fn bit_range<T: BitsValue>(first: u32, last: u32, word: u32, message: &str) -> u32 {
    assert!(first <= last && last < word, "{}", message);
    let count = last - first + 1;
    assert!(count <= T::MOST && count >= T::LEAST, "{}", message);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cut_out_and_put_in() {
        assert_eq!(get_bits::<u8, u32>(0xabcd_1234, 8, 8), 0x12);
        assert!(get_bits::<bool, u8>(0x80, 7, 1));
        assert_eq!(get_bits::<u64, u64>(u64::MAX, 0, 64), u64::MAX);
        assert_eq!(with_bits(0xffff_u16, 4, 4, 0x35_u8), 0xff5f);
        assert_eq!(with_bits(0_u64, 0, 64, u64::MAX), u64::MAX);
        assert_eq!(with_bits(0_u8, 7, 1, true), 0x80);
    }

    #[test]
    fn values_need_their_highest_bit() {
        assert_eq!(least_bits(&[0]), 1);
        assert_eq!(least_bits(&[0, 4]), 3);
        assert_eq!(least_bits(&[u64::MAX]), 64);
    }
}
