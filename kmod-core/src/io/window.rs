// SPDX-License-Identifier: GPL-2.0-only
//! What is mapped of a device's registers.

use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use super::access::{ClearedByOnes, ClearedByRead, Readable, Writable};
use super::space::{Access, Space};
use super::{Indexed, Memory, Register, RegisterValue, Registers, Word};

/// The registers `R` of a device, where they are mapped: what a [`Bar`](crate::pci::Bar) is of. How they are
/// reached is `S`: [`Memory`], [`Ports`](super::Ports) or [`Indexed`].
///
/// While they are not mapped, they read as all ones, and what is written goes nowhere, as with a device
/// that was pulled out.
///
/// # Invariants
///
/// `base` is null, or a mapping of [`SIZE`](Registers::SIZE) bytes, aligned to [`ALIGN`](Registers::ALIGN),
/// that stays until `base` is null again and no access runs any more that began before. Of ports, it is the
/// number of the first one, and they are taken so long.
pub struct Window<R, S: Space = Memory> {
    base: AtomicPtr<u8>,
    state: S::State,
    registers: PhantomData<fn() -> (R, S)>,
}

impl<R: Registers, S: Space> Window<R, S> {
    /// Not mapped.
    pub(crate) const fn closed() -> Self {
        // INVARIANT: It is null.
        Self {
            base: AtomicPtr::new(ptr::null_mut()),
            state: S::NEW,
            registers: PhantomData,
        }
    }

    /// Where it is mapped from now on.
    ///
    /// # Safety
    ///
    /// `base` is a mapping of [`SIZE`](Registers::SIZE) bytes, aligned to [`ALIGN`](Registers::ALIGN), that
    /// stays until [`close`](Self::close) was called and no access runs any more that began before. Of ports,
    /// it is the number of the first one, and they are taken so long.
    pub(crate) unsafe fn open(&self, base: NonNull<u8>) {
        // INVARIANT: By the caller's promise.
        self.base.store(base.as_ptr(), Ordering::Relaxed);
    }

    /// It is not mapped any more: where it was.
    pub(crate) fn close(&self) -> *mut u8 {
        // INVARIANT: It is null.
        self.base.swap(ptr::null_mut(), Ordering::Relaxed)
    }

    /// Whether it is mapped: what is read is the device's.
    pub fn is_mapped(&self) -> bool {
        !self.base.load(Ordering::Relaxed).is_null()
    }

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
    ///
    /// While nothing is mapped, `change` gets all ones.
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
    pub fn take_relaxed<T: RegisterValue, A: ClearedByRead>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        self.get_relaxed(register)
    }

    /// Clears those bits of a register under `#[w1c]` that are ones in `bits`. Others stay as they are,
    /// those that the device sets meanwhile, too.
    #[inline]
    pub fn clear<T: RegisterValue, A: ClearedByOnes>(&self, register: Register<R, T, A>, bits: T)
    where
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

    /// Where it is mapped, if it is.
    #[inline]
    fn base(&self) -> Option<NonNull<u8>> {
        NonNull::new(self.base.load(Ordering::Relaxed))
    }

    #[inline]
    fn get<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        let word = match self.base() {
            // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant,
            // and the window's.
            Some(base) => native::<R, T>(unsafe { S::read(&self.state, base, register.offset()) }),
            None => T::Word::ONES,
        };
        T::from_word(word)
    }

    #[inline]
    fn get_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        let word = match self.base() {
            Some(base) => {
                // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s
                // invariant, and the window's.
                let word = unsafe { S::read_relaxed(&self.state, base, register.offset()) };
                native::<R, T>(word)
            }
            None => T::Word::ONES,
        };
        T::from_word(word)
    }

    #[inline]
    fn put<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        if let Some(base) = self.base() {
            let word = native::<R, T>(value.into_word());
            // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant,
            // and the window's.
            unsafe { S::write(&self.state, base, register.offset(), word) };
        }
    }

    #[inline]
    fn put_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        if let Some(base) = self.base() {
            let word = native::<R, T>(value.into_word());
            // SAFETY: The register is within what is mapped, aligned as its width: `Register`'s invariant,
            // and the window's.
            unsafe { S::write_relaxed(&self.state, base, register.offset(), word) };
        }
    }
}

impl<R: Registers> Window<R, Indexed> {
    /// Writes the index port alone.
    pub(super) fn select(&self, index: u8) {
        if let Some(base) = self.base() {
            // SAFETY: The pair of ports is taken (the window's invariant).
            unsafe { Indexed::select(&self.state, base, index) };
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::ReadWrite;

    struct Map;

    impl Registers for Map {
        const SIZE: usize = 16;
    }

    #[test]
    fn what_is_not_mapped_reads_as_all_ones() {
        let window = Window::<Map>::closed();
        let register = Register::<Map, u16, ReadWrite>::at(2);
        assert!(!window.is_mapped());
        assert_eq!(window.read(register), 0xffff);
        window.write(register, 3);
        assert_eq!(window.read_relaxed(register), 0xffff);
    }
}
