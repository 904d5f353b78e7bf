// SPDX-License-Identifier: GPL-2.0-only
//! What a map of registers says of each.

use core::marker::PhantomData;

use super::{RegisterValue, Row};

/// A map of registers: a struct under [`#[registers]`](macro@crate::registers), which implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map of registers",
    note = "put `#[registers(size = …)]` on `{Self}`"
)]
pub trait Registers: 'static {
    /// How many bytes they take.
    const SIZE: usize;
    /// How wide the widest is, in bytes: to what the map is aligned.
    const ALIGN: usize = 8;
    /// Whether they are big-endian.
    const BIG_ENDIAN: bool = false;
    /// What is said of them, for what is made of a map.
    #[doc(hidden)]
    const ROWS: &'static [Row] = &[];
}

/// A register of the map `R`: a constant of that struct.
///
/// # Invariants
///
/// It is within [`SIZE`](Registers::SIZE), aligned as its word, and no wider than
/// [`ALIGN`](Registers::ALIGN).
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
        assert!(R::ALIGN.is_power_of_two(), "aligned to no power of two");
        assert!(
            size_of::<T::Word>() <= R::ALIGN,
            "wider than the map is aligned"
        );
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

/// Registers of the map `R` that are alike, one each so many bytes: a constant of that struct.
///
/// # Invariants
///
/// All of them are within [`SIZE`](Registers::SIZE), and aligned as their word.
pub struct RegisterArray<R, T, A, const N: usize> {
    first: Register<R, T, A>,
    stride: usize,
}

impl<R, T, A, const N: usize> Clone for RegisterArray<R, T, A, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T, A, const N: usize> Copy for RegisterArray<R, T, A, N> {}

impl<R: Registers, T: RegisterValue, A, const N: usize> RegisterArray<R, T, A, N> {
    /// Those `offset` bytes into the map, one each `stride` bytes.
    ///
    /// # Panics
    ///
    /// As [`Register::at`], of each; and if there are none.
    pub const fn at(offset: usize, stride: usize) -> Self {
        let first = Register::at(offset);
        // INVARIANT: All of them are aligned, and in the map.
        assert!(stride.is_multiple_of(size_of::<T::Word>()), "not aligned");
        assert!(
            fit(offset, size_of::<T::Word>(), N, stride, R::SIZE),
            "outside of the map"
        );
        Self { first, stride }
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub const fn len(self) -> usize {
        N
    }

    /// How far it is from one to the next, in bytes.
    pub(crate) const fn stride(self) -> usize {
        self.stride
    }

    /// The one of this number, from 0 on; `None` if there are not so many.
    pub const fn get(self, index: usize) -> Option<Register<R, T, A>> {
        if index >= N {
            return None;
        }
        // INVARIANT: It is one of those that are in the map.
        Some(Register {
            offset: self.first.offset + index * self.stride,
            of: PhantomData,
        })
    }

    /// The one of this number, which is known when it is compiled: a number that is too big does not
    /// compile.
    pub const fn nth<const INDEX: usize>(self) -> Register<R, T, A> {
        const { assert!(INDEX < N, "there are not so many registers") };
        // INVARIANT: It is one of those that are in the map.
        Register {
            offset: self.first.offset + INDEX * self.stride,
            of: PhantomData,
        }
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Register<R, T, A>> {
        (0..N).filter_map(move |index| self.get(index))
    }
}

/// A map `B` within the map `R`: a constant of that struct, by which the registers of `B` are those of `R`.
///
/// # Invariants
///
/// All of `B` is within [`SIZE`](Registers::SIZE) of `R`, aligned as it says, and as wide at most.
pub struct Block<R, B> {
    offset: usize,
    of: PhantomData<fn() -> (R, B)>,
}

impl<R, B> Clone for Block<R, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, B> Copy for Block<R, B> {}

impl<R: Registers, B: Registers> Block<R, B> {
    /// The one `offset` bytes into the map.
    ///
    /// # Panics
    ///
    /// If it is not aligned, not in the map, or of the other endianness: of a constant, when it is compiled.
    pub const fn at(offset: usize) -> Self {
        // INVARIANT: This is it.
        assert!(B::ALIGN.is_power_of_two(), "aligned to no power of two");
        assert!(B::ALIGN <= R::ALIGN, "wider than the map is aligned");
        assert!(offset.is_multiple_of(B::ALIGN), "not aligned");
        assert!(
            fit(offset, B::SIZE, 1, B::SIZE, R::SIZE),
            "outside of the map"
        );
        assert!(B::BIG_ENDIAN == R::BIG_ENDIAN, "of another endianness");
        Self {
            offset,
            of: PhantomData,
        }
    }

    /// A register of it.
    pub const fn of<T, A>(self, register: Register<B, T, A>) -> Register<R, T, A> {
        // INVARIANT: The block is within the map, aligned, and the register within the block: `Block`'s
        // invariant, and `Register`'s.
        Register {
            offset: self.offset + register.offset,
            of: PhantomData,
        }
    }

    /// Registers of it.
    pub const fn all_of<T, A, const N: usize>(
        self,
        registers: RegisterArray<B, T, A, N>,
    ) -> RegisterArray<R, T, A, N> {
        // INVARIANT: As in `of`, of each.
        RegisterArray {
            first: self.of(registers.first),
            stride: registers.stride,
        }
    }

    /// How far into the map it is, in bytes.
    pub const fn offset(self) -> usize {
        self.offset
    }
}

/// Maps within the map `R` that are alike: a constant of that struct.
///
/// # Invariants
///
/// Each of them is a [`Block`].
pub struct BlockArray<R, B, const N: usize> {
    first: Block<R, B>,
    stride: usize,
}

impl<R, B, const N: usize> Clone for BlockArray<R, B, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, B, const N: usize> Copy for BlockArray<R, B, N> {}

impl<R: Registers, B: Registers, const N: usize> BlockArray<R, B, N> {
    /// Those `offset` bytes into the map, one each `stride` bytes.
    ///
    /// # Panics
    ///
    /// As [`Block::at`], of each; and if there are none.
    pub const fn at(offset: usize, stride: usize) -> Self {
        let first = Block::at(offset);
        // INVARIANT: All of them are aligned, and in the map.
        assert!(stride.is_multiple_of(B::ALIGN), "not aligned");
        assert!(
            fit(offset, B::SIZE, N, stride, R::SIZE),
            "outside of the map"
        );
        Self { first, stride }
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub const fn len(self) -> usize {
        N
    }

    /// The one of this number, from 0 on; `None` if there are not so many.
    pub const fn get(self, index: usize) -> Option<Block<R, B>> {
        if index >= N {
            return None;
        }
        // INVARIANT: It is one of those that are in the map.
        Some(Block {
            offset: self.first.offset + index * self.stride,
            of: PhantomData,
        })
    }

    /// The one of this number, which is known when it is compiled: a number that is too big does not
    /// compile.
    pub const fn nth<const INDEX: usize>(self) -> Block<R, B> {
        const { assert!(INDEX < N, "there are not so many blocks") };
        // INVARIANT: It is one of those that are in the map.
        Block {
            offset: self.first.offset + INDEX * self.stride,
            of: PhantomData,
        }
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Block<R, B>> {
        (0..N).filter_map(move |index| self.get(index))
    }
}

/// Fails to compile if a block is of another endianness than its map.
#[track_caller]
pub const fn assert_endian<R: Registers, B: Registers>(message: &str) {
    assert!(R::BIG_ENDIAN == B::BIG_ENDIAN, "{}", message);
}

/// Whether so many pieces, at least one, of `size` bytes, one each `stride` bytes from `offset` on, are in
/// a map of `all` bytes.
const fn fit(offset: usize, size: usize, count: usize, stride: usize, all: usize) -> bool {
    let Some(before) = count.checked_sub(1) else {
        return false;
    };
    let Some(span) = stride.checked_mul(before) else {
        return false;
    };
    offset < all && size <= all - offset && span <= all - offset - size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::ReadOnly;

    struct Map;

    impl Registers for Map {
        const SIZE: usize = 16;
    }

    #[test]
    fn an_array_ends_with_its_last_one() {
        let array = RegisterArray::<Map, u32, ReadOnly, 3>::at(4, 4);
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
        RegisterArray::<Map, u32, ReadOnly, 4>::at(4, 4);
    }

    #[test]
    #[should_panic(expected = "outside of the map")]
    fn an_array_with_gaps_is_in_its_map() {
        RegisterArray::<Map, u32, ReadOnly, 3>::at(0, 8);
    }

    #[test]
    #[should_panic(expected = "outside of the map")]
    fn a_distance_beyond_all_numbers_is_not_in_the_map() {
        RegisterArray::<Map, u32, ReadOnly, { usize::MAX }>::at(0, 8);
    }

    struct Half;

    impl Registers for Half {
        const SIZE: usize = 8;
        const ALIGN: usize = 4;
    }

    #[test]
    fn a_block_moves_its_registers() {
        let blocks = BlockArray::<Map, Half, 2>::at(0, 8);
        let register = Register::<Half, u32, ReadOnly>::at(4);
        assert_eq!(blocks.nth::<1>().of(register).offset(), 12);
        let all = RegisterArray::<Half, u16, ReadOnly, 2>::at(0, 4);
        let moved = blocks.get(1).map(|block| block.all_of(all).nth::<1>());
        assert_eq!(moved.map(Register::offset), Some(12));
        assert!(blocks.get(2).is_none());
    }

    #[test]
    #[should_panic(expected = "outside of the map")]
    fn a_block_is_in_its_map() {
        Block::<Map, Half>::at(12);
    }

    #[test]
    #[should_panic(expected = "not aligned")]
    fn a_block_is_aligned_as_its_registers() {
        Block::<Map, Half>::at(2);
    }

    #[test]
    #[should_panic(expected = "wider than the map is aligned")]
    fn a_register_is_no_wider_than_its_map_is_aligned() {
        Register::<Half, u64, ReadOnly>::at(0);
    }

    struct Odd;

    impl Registers for Odd {
        const SIZE: usize = 12;
        const ALIGN: usize = 6;
    }

    #[test]
    #[should_panic(expected = "aligned to no power of two")]
    fn a_map_is_aligned_as_one_of_its_registers_can_be() {
        Register::<Odd, u32, ReadOnly>::at(0);
    }
}
