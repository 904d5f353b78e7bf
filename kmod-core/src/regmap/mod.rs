// SPDX-License-Identifier: GPL-2.0-only
//! Registers of chips on I2C, SMBus and SPI: the kernel's `struct regmap`, of `<linux/regmap.h>`.
//!
//! A struct under [`#[registers]`](macro@crate::registers) says which registers the chip has. A field of its device under
//! `#[regmap]`, a [`Regmap`] of it, is by what they are read and written: those that only the driver changes are kept in a
//! cache, if that is asked for, which is written to the chip again when it has slept.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A thermometer
//! #[kernel_module(name = "warmth", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[i2c_driver(ids = ["tmp102"])]
//!     warmth: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl I2cDriver for Driver {
//!     type Device = Chip;
//!
//!     fn probe(&self, _device: &I2cDevice<'_, Self>) -> Result<Chip> {
//!         Ok(Chip::default())
//!     }
//!
//!     fn suspend(&self, chip: &Chip) -> Result {
//!         chip.map.cache_only(true)?;
//!         chip.map.mark_dirty()
//!     }
//!
//!     fn resume(&self, chip: &Chip) -> Result {
//!         chip.map.cache_only(false)?;
//!         chip.map.sync()
//!     }
//! }
//!
//! /// Its registers, by their numbers.
//! #[registers(size = 4, word = u16, endian = big)]
//! struct Tmp102 {
//!     #[ro(0)]
//!     temperature: u16,
//!     #[rw(2, reset = 0x4b00)]
//!     low: u16,
//!     #[rw(3, reset = 0x5000)]
//!     high: u16,
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Chip {
//!     #[regmap(bus = i2c, cache = true)]
//!     map: Regmap<Tmp102>,
//!     /// /dev/warmth0
//!     #[misc(name = "warmth{index}", mode = 0o444)]
//!     node: Node,
//! }
//!
//! #[derive(Default)]
//! struct Node;
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Chip;
//!
//!     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         let map = &file.instance().map;
//!         writeln!(to, "{} of {}", map.read(Tmp102::TEMPERATURE)?, map.read(Tmp102::HIGH)?)
//!     }
//! }
//! # fn main() {}
//! ```

mod object;
mod table;

use core::marker::PhantomData;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_regmap};

use crate::bus::Pointer;
use crate::error::{Result, to_result};
use crate::io::{
    ClearedByOnes, ClearedByRead, Readable, Register, RegisterArray, RegisterValue, Registers,
    Word, Writable,
};
use crate::sync::Mutex;

pub use object::RegmapType;
#[doc(hidden)]
pub use object::{
    RegmapBus, RegmapField, RegmapObject, assert_regmap, regmap_known, regmap_plan, regmap_ranges,
};

/// The registers `R` of a chip: a field under [`#[regmap]`](macro@crate::regmap) of its device.
///
/// Each call may sleep.
///
/// # Errors
///
/// Of all calls: `ENODEV` if the device is not bound. Of those that read and write: what the bus fails with if the chip
/// does not answer, `ENXIO`, `EIO` or `ETIMEDOUT`, say; `EBUSY` of a read, if only the cache is used, and does not have the
/// register; `ENOMEM`.
///
/// # Invariants
///
/// The kernel's map is one of registers as wide as those of `R`.
pub struct Regmap<R> {
    map: Pointer<kmod_regmap>,
    /// Held by who writes: so an update is one step.
    writing: Mutex<()>,
    registers: PhantomData<fn() -> R>,
}

impl<R: Registers> Default for Regmap<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Registers> Regmap<R> {
    /// Of no chip.
    pub const fn new() -> Self {
        // INVARIANT: There is none.
        Self {
            map: Pointer::none(),
            writing: Mutex::new(()),
            registers: PhantomData,
        }
    }

    /// It is of this chip from now on.
    ///
    /// # Safety
    ///
    /// `made` is a map of registers as wide as those of `R`, and lives until it was [closed](Self::close) and nothing runs
    /// any more that was called by the value before.
    unsafe fn open(&self, made: NonNull<kmod_regmap>) {
        // INVARIANT: By the caller's promise.
        // SAFETY: It lives as long as `Pointer` asks for (this function's contract).
        let set = unsafe { self.map.set(made.as_ptr()) };
        // It is not NULL.
        let _ = set;
    }

    /// It is of no chip any more; that which it was of.
    fn close(&self) -> Option<NonNull<kmod_regmap>> {
        let made = self.map.get().ok().and_then(NonNull::new);
        self.map.clear();
        made
    }

    /// Reads a register: of those that are cached, the cache has it, once it was read or written, or from its `reset`. The
    /// kernel's `regmap_read()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors).
    pub fn read<T: RegisterValue, A: Readable>(&self, register: Register<R, T, A>) -> Result<T> {
        self.get(register)
    }

    /// Writes a register: `regmap_write()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors). What the chip does not take the cache may have all the same, as in C.
    pub fn write<T: RegisterValue, A: Writable>(
        &self,
        register: Register<R, T, A>,
        value: T,
    ) -> Result {
        let _one = self.writing.lock();
        self.put(register, value)
    }

    /// Reads a register and writes what `change` makes of it, if that is something else: `regmap_update_bits()`. It is one
    /// step: who writes by this value meanwhile waits. So `change` does not write by it itself, which waits for ever.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors).
    pub fn update<T: RegisterValue, A: Readable + Writable>(
        &self,
        register: Register<R, T, A>,
        change: impl FnOnce(T) -> T,
    ) -> Result {
        let _one = self.writing.lock();
        let before = self.get(register)?;
        let after = change(before);
        if after.into_word().into_u64() == before.into_word().into_u64() {
            return Ok(());
        }
        self.put(register, after)
    }

    /// Reads a register that this clears, `#[rc]`: nobody else gets what this has.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors).
    pub fn take<T: RegisterValue, A: ClearedByRead>(
        &self,
        register: Register<R, T, A>,
    ) -> Result<T> {
        self.get(register)
    }

    /// Clears those bits of a register under `#[w1c]` that are ones in `bits`.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors).
    pub fn clear<T: RegisterValue, A: ClearedByOnes>(
        &self,
        register: Register<R, T, A>,
        bits: T,
    ) -> Result {
        self.put(register, bits)
    }

    /// Reads all registers of an array, as few transfers as the bus can: `regmap_bulk_read()`. Those that do not follow
    /// each other are read one by one.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors). What `to` holds then is not said.
    pub fn read_all<W, A: Readable, const N: usize>(
        &self,
        registers: RegisterArray<R, W, A, N>,
        to: &mut [W; N],
    ) -> Result
    where
        W: Word + RegisterValue<Word = W>,
    {
        let Some(first) = self.whole(registers)? else {
            for (value, register) in to.iter_mut().zip(registers.iter()) {
                *value = self.get(register)?;
            }
            return Ok(());
        };
        let map = self.map.get()?;
        // SAFETY: The map is there during this call (`Pointer`'s invariant). `to` has `N` words, which are as wide as the
        // map's registers (`number`, and this type's invariant).
        let error =
            unsafe { bindings::kmod_regmap_bulk_read(map, first, to.as_mut_ptr().cast(), N) };
        to_result(error).map(drop)
    }

    /// Writes all registers of an array: `regmap_bulk_write()`. Those that do not follow each other are written one by one.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors). Some may have been written then.
    pub fn write_all<W, A: Writable, const N: usize>(
        &self,
        registers: RegisterArray<R, W, A, N>,
        from: &[W; N],
    ) -> Result
    where
        W: Word + RegisterValue<Word = W>,
    {
        let _one = self.writing.lock();
        let Some(first) = self.whole(registers)? else {
            for (value, register) in from.iter().zip(registers.iter()) {
                self.put(register, *value)?;
            }
            return Ok(());
        };
        let map = self.map.get()?;
        // SAFETY: The map is there during this call (`Pointer`'s invariant). `from` has `N` words, which are as wide as the
        // map's registers (`number`, and this type's invariant).
        let error =
            unsafe { bindings::kmod_regmap_bulk_write(map, first, from.as_ptr().cast(), N) };
        to_result(error).map(drop)
    }

    /// Writes to the chip what the cache has and it may not: `regcache_sync()`. Nothing is written if nobody has said
    /// [`mark_dirty`](Self::mark_dirty), nor written anything while only the cache was used; after `mark_dirty`, a register
    /// that holds what it does after a reset is not written either.
    ///
    /// # Errors
    ///
    /// Those of [the type](Regmap#errors); the next call begins anew then. `EINVAL` if the map has no cache.
    pub fn sync(&self) -> Result {
        // SAFETY: The map is there during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_regmap_sync(self.map.get()?) }).map(drop)
    }

    /// The chip has lost what it held, as after a reset: `regcache_mark_dirty()`. [`sync`](Self::sync) writes it again.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device is not bound; `EINVAL` if the map has no cache.
    pub fn mark_dirty(&self) -> Result {
        // SAFETY: The map is there during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_regmap_mark_dirty(self.map.get()?) }).map(drop)
    }

    /// Has the chip left alone from now on, or not any more: `regcache_cache_only()`. What is written stays in the cache
    /// meanwhile, until [`sync`](Self::sync); registers that are not cached cannot be read (`EBUSY`), and what is written to
    /// them is lost.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device is not bound; `EINVAL` if the map has no cache.
    pub fn cache_only(&self, only: bool) -> Result {
        // SAFETY: The map is there during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_regmap_cache_only(self.map.get()?, only) }).map(drop)
    }

    fn get<T: RegisterValue, A>(&self, register: Register<R, T, A>) -> Result<T> {
        let map = self.map.get()?;
        let mut value = 0;
        // SAFETY: The map is there during this call (`Pointer`'s invariant).
        let error = unsafe { bindings::kmod_regmap_read(map, number(register), &mut value) };
        to_result(error)?;
        Ok(T::from_word(T::Word::from_u64(value.into())))
    }

    fn put<T: RegisterValue, A>(&self, register: Register<R, T, A>, value: T) -> Result {
        let map = self.map.get()?;
        // No wider than 32 bits (`number`).
        let word = value.into_word().into_u64() as u32;
        // SAFETY: The map is there during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_regmap_write(map, number(register), word) }).map(drop)
    }

    /// The number of the first register of an array whose registers follow each other; `None` if they do not.
    fn whole<W: RegisterValue, A, const N: usize>(
        &self,
        registers: RegisterArray<R, W, A, N>,
    ) -> Result<Option<u32>> {
        const {
            assert!(
                N * size_of::<W::Word>() <= 1 << 15,
                "an array of registers that are read or written at once has 32 KiB at most"
            );
        }
        self.map.get()?;
        let first = registers.get(0).map(number);
        Ok(first.filter(|_| registers.stride() == size_of::<W::Word>()))
    }
}

/// The number of a register, by which the chip knows it.
fn number<R: Registers, T: RegisterValue, A>(register: Register<R, T, A>) -> u32 {
    const {
        assert!(
            size_of::<T::Word>() == R::ALIGN && R::ALIGN <= 4,
            "the registers of a chip are all of one width, 8, 16 or 32 bits"
        );
    }
    // The last number has 32 bits (`assert_regmap`).
    (register.offset() / R::ALIGN) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code::ENODEV;
    use crate::io::ReadWrite;

    struct Map;

    impl Registers for Map {
        const SIZE: usize = 16;
        const ALIGN: usize = 2;
    }

    #[test]
    fn a_map_of_no_chip_answers_so() {
        let map = Regmap::<Map>::new();
        let register = Register::<Map, u16, ReadWrite>::at(6);
        let all = RegisterArray::<Map, u16, ReadWrite, 4>::at(8, 2);
        assert_eq!(number(register), 3);
        assert_eq!(map.read(register), Err(ENODEV));
        assert_eq!(map.write(register, 1), Err(ENODEV));
        assert_eq!(map.update(register, |_| unreachable!()), Err(ENODEV));
        assert_eq!(map.read_all(all, &mut [0; 4]), Err(ENODEV));
        assert_eq!(map.write_all(all, &[0; 4]), Err(ENODEV));
        assert_eq!(map.sync(), Err(ENODEV));
        assert_eq!(map.mark_dirty(), Err(ENODEV));
        assert_eq!(map.cache_only(true), Err(ENODEV));
        assert!(map.close().is_none());
    }
}
