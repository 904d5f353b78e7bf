// SPDX-License-Identifier: GPL-2.0-only
//! What is said to a chip, and what it answers.

use core::ffi::CStr;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, i2c_client};

use crate::bus::{Handle, Pointer};
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// The most bytes that a block of SMBus has.
pub const BLOCK_MAX: usize = 32;

/// A chip on a bus, by which its driver talks to it: a field under [`#[bus]`](macro@crate::bus) of its
/// device. `probe` has it, too: [`I2cDevice`](super::I2cDevice).
///
/// Each call may sleep. It is that of the kernel's function named with it.
///
/// # Errors
///
/// Of all calls: `ENXIO` (or what else the bus's driver says, often `EIO`) if the chip does not answer,
/// `EAGAIN`, `ETIMEDOUT`, `EOPNOTSUPP` if the bus cannot do this, `EPROTO` if what came is none of
/// SMBus; `ENODEV` if the device is not bound.
pub struct I2cClient(Pointer<i2c_client>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for I2cClient {
    fn closed() -> Self {
        Self(Pointer::none())
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let client = unsafe { bindings::kmod_i2c_client(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(client) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for I2cClient {
    fn default() -> Self {
        Self::new()
    }
}

/// What a call gave that returns what was read, or an errno.
fn read(returned: i32) -> Result<u32> {
    Ok(to_result(returned)?.cast_unsigned())
}

impl I2cClient {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// Its address on the bus.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn address(&self) -> Result<u16> {
        // SAFETY: The client lives (`Pointer`'s invariant).
        let address = unsafe { bindings::kmod_i2c_address(self.0.get()?) };
        Ok(address.try_into()?)
    }

    /// Whether it has this name, by which a driver is found for it.
    pub fn is_named(&self, name: &str) -> bool {
        self.0.get().is_ok_and(|client| {
            // SAFETY: The client lives (`Pointer`'s invariant).
            let its = unsafe { bindings::kmod_i2c_name(client) };
            // SAFETY: It is a string, which stays as it is while the client is there.
            unsafe { CStr::from_ptr(its) }.to_bytes() == name.as_bytes()
        })
    }

    /// Nothing but its address and the bit for the direction: `I2C_SMBUS_QUICK`.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn quick(&self, read: bool) -> Result {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_i2c_quick(self.0.get()?, read) }).map(drop)
    }

    /// `i2c_smbus_read_byte()`
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn read_byte(&self) -> Result<u8> {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        Ok(read(unsafe { bindings::kmod_i2c_read_byte(self.0.get()?) })?.try_into()?)
    }

    /// `i2c_smbus_write_byte()`
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn write_byte(&self, value: u8) -> Result {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_i2c_write_byte(self.0.get()?, value) }).map(drop)
    }

    /// `i2c_smbus_read_byte_data()`
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn read_byte_data(&self, command: u8) -> Result<u8> {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        let value = unsafe { bindings::kmod_i2c_read_byte_data(self.0.get()?, command) };
        Ok(read(value)?.try_into()?)
    }

    /// `i2c_smbus_write_byte_data()`
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn write_byte_data(&self, command: u8, value: u8) -> Result {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        let error = unsafe { bindings::kmod_i2c_write_byte_data(self.0.get()?, command, value) };
        to_result(error).map(drop)
    }

    /// `i2c_smbus_read_word_data()`: the low byte comes first; `swap_bytes()` is for chips that send the
    /// high one first.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn read_word_data(&self, command: u8) -> Result<u16> {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        let value = unsafe { bindings::kmod_i2c_read_word_data(self.0.get()?, command) };
        Ok(read(value)?.try_into()?)
    }

    /// `i2c_smbus_write_word_data()`
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn write_word_data(&self, command: u8, value: u16) -> Result {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        let error = unsafe { bindings::kmod_i2c_write_word_data(self.0.get()?, command, value) };
        to_result(error).map(drop)
    }

    /// A word to the chip, and a word from it: `I2C_SMBUS_PROC_CALL`.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors).
    pub fn process_call(&self, command: u8, value: u16) -> Result<u16> {
        // SAFETY: The client lives during this call (`Pointer`'s invariant).
        let value = unsafe { bindings::kmod_i2c_process_call(self.0.get()?, command, value) };
        Ok(read(value)?.try_into()?)
    }

    /// A block, of which the chip says how long it is: `i2c_smbus_read_block_data()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors), among them `EPROTO` if the chip says more than
    /// [`BLOCK_MAX`].
    pub fn read_block_data<'b>(
        &self,
        command: u8,
        to: &'b mut [u8; BLOCK_MAX],
    ) -> Result<&'b [u8]> {
        let start = to.as_mut_ptr();
        // SAFETY: The client lives during this call (`Pointer`'s invariant), and there are 32 bytes.
        let read = read(unsafe {
            bindings::kmod_i2c_read_block(self.0.get()?, command, start, BLOCK_MAX as u8)
        })?;
        to.get(..usize::try_from(read)?).ok_or(EINVAL)
    }

    /// A block, with its length: `i2c_smbus_write_block_data()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors); `EINVAL` for more than [`BLOCK_MAX`] bytes, or none.
    pub fn write_block_data(&self, command: u8, from: &[u8]) -> Result {
        let (start, bytes) = block(from)?;
        // SAFETY: The client lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let error = unsafe { bindings::kmod_i2c_write_block(self.0.get()?, command, start, bytes) };
        to_result(error).map(drop)
    }

    /// As many bytes as the slice has, from this register on: `i2c_smbus_read_i2c_block_data()`. The
    /// bus may give less: how many is returned.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors); `EINVAL` for more than [`BLOCK_MAX`] bytes, or none.
    pub fn read_i2c_block_data(&self, command: u8, to: &mut [u8]) -> Result<usize> {
        let (_, bytes) = block(to)?;
        let start = to.as_mut_ptr();
        // SAFETY: The client lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let read =
            read(unsafe { bindings::kmod_i2c_read_bytes(self.0.get()?, command, start, bytes) })?;
        Ok(usize::try_from(read)?.min(to.len()))
    }

    /// Bytes, from this register on: `i2c_smbus_write_i2c_block_data()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors); `EINVAL` for more than [`BLOCK_MAX`] bytes, or none.
    pub fn write_i2c_block_data(&self, command: u8, from: &[u8]) -> Result {
        let (start, bytes) = block(from)?;
        // SAFETY: The client lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let error = unsafe { bindings::kmod_i2c_write_bytes(self.0.get()?, command, start, bytes) };
        to_result(error).map(drop)
    }

    /// A message to the chip and one from it, with no stop between them; either may be empty, and is left
    /// out then. `i2c_transfer()`, which buses that are of SMBus only cannot do.
    ///
    /// # Errors
    ///
    /// Those of [the type](I2cClient#errors); `EINVAL` if both are empty, or one has 64 KiB or more.
    pub fn write_read(&self, from: &[u8], to: &mut [u8]) -> Result {
        let (sent, received) = (from.len().try_into()?, to.len().try_into()?);
        let start = to.as_mut_ptr();
        // SAFETY: The client lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let error = unsafe {
            bindings::kmod_i2c_transfer(self.0.get()?, from.as_ptr(), sent, start, received)
        };
        to_result(error).map(drop)
    }
}

/// Where a block is, and how long, if it can be one.
fn block(bytes: &[u8]) -> Result<(*const u8, u8)> {
    if !(1..=BLOCK_MAX).contains(&bytes.len()) {
        return Err(EINVAL);
    }
    Ok((bytes.as_ptr(), u8::try_from(bytes.len())?))
}
