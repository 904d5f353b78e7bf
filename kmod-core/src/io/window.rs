// SPDX-License-Identifier: GPL-2.0-only
//! What is mapped of a device's registers.

use core::hint::cold_path;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use super::access::{ClearedByOnes, ClearedByRead, Readable, Writable};
use super::mapped::accesses;
use super::space::{Access, Space};
use super::{Indexed, Mapped, Memory, Register, RegisterValue, Registers, Word};
use crate::error::Result;
use crate::error::code::ENODEV;

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
        self.mapped().is_ok()
    }

    /// The registers without the question, at each access, whether they are mapped: a read is the kernel's `readl()`
    /// and nothing else. In a handler of the device they are.
    ///
    /// ```
    /// # use kmod_core::prelude::*;
    /// # #[registers(size = 8)]
    /// # struct Uart { #[ro(0)] ready: u32, #[wo(4)] send: u32 }
    /// fn send_all(uart: &Bar<Uart>, bytes: &[u8]) -> Result {
    ///     let uart = uart.mapped()?;
    ///     for byte in bytes {
    ///         while uart.read(Uart::READY) == 0 {}
    ///         uart.write(Uart::SEND, u32::from(*byte));
    ///     }
    ///     Ok(())
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// `ENODEV` if they are not.
    #[inline(always)]
    pub fn mapped(&self) -> Result<Mapped<'_, R, S>> {
        self.either(Ok, || Err(ENODEV))
    }

    /// What `mapped` makes of the registers, or `not`, of which the compiler is told that it is out of the way.
    #[inline(always)]
    fn either<'a, T>(
        &'a self,
        mapped: impl FnOnce(Mapped<'a, R, S>) -> T,
        not: impl FnOnce() -> T,
    ) -> T {
        match NonNull::new(self.base.load(Ordering::Relaxed)) {
            // SAFETY: It is a mapping as the value asks for (invariant), and stays until no access runs that began
            // before: the value is one, while the window is borrowed.
            Some(base) => mapped(unsafe { Mapped::new(base, &self.state) }),
            None => {
                cold_path();
                not()
            }
        }
    }

    accesses!();

    #[inline]
    fn get<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        self.either(
            |mapped| mapped.get(register),
            || T::from_word(T::Word::ONES),
        )
    }

    #[inline]
    fn get_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> T
    where
        S: Access<T::Word>,
    {
        self.either(
            |mapped| mapped.get_relaxed(register),
            || T::from_word(T::Word::ONES),
        )
    }

    #[inline]
    fn put<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        self.either(|mapped| mapped.put(register, value), || ());
    }

    #[inline]
    fn put_relaxed<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T)
    where
        S: Access<T::Word>,
    {
        self.either(|mapped| mapped.put_relaxed(register, value), || ());
    }
}

impl<R: Registers> Window<R, Indexed> {
    /// Writes the index port alone.
    pub(super) fn select(&self, index: u8) {
        if let Ok(mapped) = self.mapped() {
            mapped.select(index);
        }
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
        assert_eq!(window.mapped().err(), Some(ENODEV));
        assert_eq!(window.read(register), 0xffff);
        assert_eq!(window.pending(register), None);
        window.write(register, 3);
        assert_eq!(window.read_relaxed(register), 0xffff);
    }
}
