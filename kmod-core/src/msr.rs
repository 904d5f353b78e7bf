// SPDX-License-Identifier: GPL-2.0-only
//! Registers of an x86 CPU that only the kernel can read: its model-specific ones, `<asm/msr.h>`.
//!
//! ```
//! use kmod_core::msr::Msr;
//! use kmod_core::prelude::*;
//!
//! #[bits(u64)]
//! struct ThermalStatus {
//!     /// How many degrees it may still get warmer.
//!     #[bit(16..=22)]
//!     below_limit: u8,
//!     #[bit(31)]
//!     is_valid: bool,
//! }
//!
//! /// `MSR_IA32_THERM_STATUS`
//! const THERMAL_STATUS: Msr<ThermalStatus> = Msr::new(0x19c);
//!
//! fn below_limit(cpu: u32) -> Result<u8> {
//!     let status = THERMAL_STATUS.read(cpu)?;
//!     if status.is_valid() {
//!         Ok(status.below_limit())
//!     } else {
//!         Err(EAGAIN)
//!     }
//! }
//! ```
//!
//! They are read, and not written: with a write to some of them, where system calls begin, where tables of the
//! CPU are, what memory is cached, a module could do anything at all, and which ones these are differs from one
//! model to the next.

use core::marker::PhantomData;

use crate::error::{Result, to_result};
use crate::io::RegisterValue;

/// A register of this number, which each CPU has: its value is a `u64`, or a struct under
/// [`#[bits(u64)]`](macro@crate::bits).
#[derive(Debug)]
pub struct Msr<T = u64> {
    number: u32,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Msr<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Msr<T> {}

impl<T: RegisterValue<Word = u64>> Msr<T> {
    /// The one of this number: those of the kernel's `<asm/msr-index.h>`, or of the vendor's manual.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self {
            number,
            value: PhantomData,
        }
    }

    /// What it has on a CPU, by the kernel's number of it: `rdmsrq_safe_on_cpu()`, before Linux 6.16
    /// `rdmsrl_safe_on_cpu()`. It waits for that CPU, and so may sleep.
    ///
    /// # Errors
    ///
    /// `EIO` if the CPU has no such register, `ENXIO` if there is no such CPU, or if it is offline; `EOPNOTSUPP` on
    /// other architectures.
    pub fn read(self, cpu: u32) -> Result<T> {
        let mut value = 0;
        // SAFETY: It is a variable, and to read a register changes none; a CPU that has it not is caught.
        to_result(unsafe { kmod_bindings::kmod_msr_read(cpu, self.number, &raw mut value) })?;
        Ok(T::from_word(value))
    }
}
