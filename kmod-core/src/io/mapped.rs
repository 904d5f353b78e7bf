// SPDX-License-Identifier: GPL-2.0-only
//! Registers that are known to be mapped.

use core::marker::PhantomData;
use core::ptr::NonNull;

use super::access::{ClearedByOnes, ClearedByRead, Readable, Writable};
use super::space::{Access, Space};
use super::{Indexed, Memory, Register, RegisterValue, Registers, Word};

/// The accesses to registers, by `get`, `put` and their relaxed ones.
macro_rules! accesses {
    () => {
        /// Reads a register, in order with other accesses to memory: the kernel's `readl()`, and those of
        /// other widths.
        #[inline]
        pub fn read<T: RegisterValue, A: Readable>(&self, register: Register<R, T, A>) -> T
        where
            S: Access<T::Word>,
        {
            self.get(register)
        }

        /// The same, in order with accesses to this device only: `readl_relaxed()`.
        #[inline]
        pub fn read_relaxed<T: RegisterValue, A: Readable>(&self, register: Register<R, T, A>) -> T
        where
            S: Access<T::Word>,
        {
            self.get_relaxed(register)
        }

        /// Reads a register that says why there is an interrupt: `None` if that is zero, so that it is another
        /// device's on the same line, or all ones, as which a device reads that was pulled out.
        #[inline]
        pub fn pending<T: RegisterValue, A: Readable>(
            &self,
            register: Register<R, T, A>,
        ) -> Option<T>
        where
            S: Access<T::Word>,
        {
            let value = self.get(register);
            let bits = value.into_word().into_u64();
            (bits != 0 && bits != T::Word::ONES.into_u64()).then_some(value)
        }

        /// Writes a register, in order with other accesses to memory: the kernel's `writel()`, and those of
        /// other widths. The device may get it later; a read waits for that.
        #[inline]
        pub fn write<T: RegisterValue, A: Writable>(&self, register: Register<R, T, A>, value: T)
        where
            S: Access<T::Word>,
        {
            self.put(register, value);
        }

        /// The same, in order with accesses to this device only: `writel_relaxed()`.
        #[inline]
        pub fn write_relaxed<T: RegisterValue, A: Writable>(
            &self,
            register: Register<R, T, A>,
            value: T,
        ) where
            S: Access<T::Word>,
        {
            self.put_relaxed(register, value);
        }

        /// Reads a register and writes what `change` makes of it. That is not one step: who else writes the
        /// register meanwhile is overwritten, so that several who do it take a lock.
        #[inline]
        pub fn update<T: RegisterValue, A: Readable + Writable>(
            &self,
            register: Register<R, T, A>,
            change: impl FnOnce(T) -> T,
        ) where
            S: Access<T::Word>,
        {
            self.put(register, change(self.get(register)));
        }

        /// Reads a register that this clears, `#[rc]`: nobody else gets what this has.
        #[inline]
        pub fn take<T: RegisterValue, A: ClearedByRead>(&self, register: Register<R, T, A>) -> T
        where
            S: Access<T::Word>,
        {
            self.get(register)
        }

        /// The same, in order with accesses to this device only.
        #[inline]
        pub fn take_relaxed<T: RegisterValue, A: ClearedByRead>(
            &self,
            register: Register<R, T, A>,
        ) -> T
        where
            S: Access<T::Word>,
        {
            self.get_relaxed(register)
        }

        /// Clears those bits of a register under `#[w1c]` that are ones in `bits`. Others stay as they are,
        /// those that the device sets meanwhile, too.
        #[inline]
        pub fn clear<T: RegisterValue, A: ClearedByOnes>(
            &self,
            register: Register<R, T, A>,
            bits: T,
        ) where
            S: Access<T::Word>,
        {
            self.put(register, bits);
        }

        /// The same, in order with accesses to this device only.
        #[inline]
        pub fn clear_relaxed<T: RegisterValue, A: ClearedByOnes>(
            &self,
            register: Register<R, T, A>,
            bits: T,
        ) where
            S: Access<T::Word>,
        {
            self.put_relaxed(register, bits);
        }
    };
}

pub(super) use accesses;

/// The registers `R` of a device that are mapped, until the value goes: [`Window::mapped`](super::Window::mapped).
///
/// # Invariants
///
/// `base` is a mapping of [`SIZE`](Registers::SIZE) bytes, aligned to [`ALIGN`](Registers::ALIGN), that stays during
/// `'a`. Of ports, it is the number of the first one, and they are taken so long. The value stays with who asked for it:
/// it is neither `Send` nor `Sync`.
pub struct Mapped<'a, R, S: Space = Memory> {
    base: NonNull<u8>,
    state: &'a S::State,
    registers: PhantomData<fn() -> (R, S)>,
}

impl<R, S: Space> Clone for Mapped<'_, R, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, S: Space> Copy for Mapped<'_, R, S> {}

impl<'a, R: Registers, S: Space> Mapped<'a, R, S> {
    /// Of what is mapped at `base`.
    ///
    /// # Safety
    ///
    /// `base` is a mapping of [`SIZE`](Registers::SIZE) bytes, aligned to [`ALIGN`](Registers::ALIGN), that stays during
    /// `'a`. Of ports, it is the number of the first one, and they are taken so long.
    #[inline(always)]
    pub(super) unsafe fn new(base: NonNull<u8>, state: &'a S::State) -> Self {
        // INVARIANT: By the caller's promise.
        Self {
            base,
            state,
            registers: PhantomData,
        }
    }

    accesses!();

    #[inline(always)]
    pub(super) fn get<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant, and that of this.
        let word = unsafe { S::read(self.state, self.base, register.offset()) };
        T::from_word(native::<R, T>(word))
    }

    #[inline(always)]
    pub(super) fn get_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant, and that of this.
        let word = unsafe { S::read_relaxed(self.state, self.base, register.offset()) };
        T::from_word(native::<R, T>(word))
    }

    #[inline(always)]
    pub(super) fn put<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        let word = native::<R, T>(value.into_word());
        // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant, and that of this.
        unsafe { S::write(self.state, self.base, register.offset(), word) };
    }

    #[inline(always)]
    pub(super) fn put_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        let word = native::<R, T>(value.into_word());
        // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant, and that of this.
        unsafe { S::write_relaxed(self.state, self.base, register.offset(), word) };
    }
}

impl<R: Registers> Mapped<'_, R, Indexed> {
    /// Writes the index port alone.
    pub(super) fn select(&self, index: u8) {
        // SAFETY: The pair of ports is taken (invariant).
        unsafe { Indexed::select(self.state, self.base, index) };
    }
}

/// A word of registers that are little- or big-endian as the map says, by functions for little-endian
/// ones, and the other way round.
fn native<R: Registers, T: RegisterValue>(word: T::Word) -> T::Word {
    if R::BIG_ENDIAN {
        word.swap_bytes()
    } else {
        word
    }
}
