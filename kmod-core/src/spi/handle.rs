// SPDX-License-Identifier: GPL-2.0-only
//! What is said to a device, and what it answers.

use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, kmod_spi_settings, spi_device};

use super::{SpiBuffer, SpiMode, SpiSettings, SpiTransfer};
use crate::bus::{Handle, Pointer};
use crate::error::code::{EINVAL, EIO};
use crate::error::{Result, to_result};

/// A device on an SPI bus, by which its driver talks to it: a field under [`#[bus]`](macro@crate::bus) of its
/// device. `probe` has it, too: [`SpiDevice`](super::SpiDevice). The kernel's `struct spi_device`.
///
/// Each call may sleep, and waits until the message is done: a controller ends one that takes too long, or never does.
///
/// # Errors
///
/// Of all calls: `ENODEV` if the device is not bound. Of those that transfer, besides: `EINVAL` if there is nothing to
/// transfer, a length is no multiple of what a word takes, the controller cannot do what was asked for or a delay is
/// above 65,535 µs; `EMSGSIZE` for more than the controller takes; `ETIMEDOUT`; `ESHUTDOWN` if the controller is going;
/// what else it says, often `EIO`; `ENOMEM`.
pub struct SpiHandle(Pointer<spi_device>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for SpiHandle {
    fn closed() -> Self {
        Self(Pointer::none())
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let spi = unsafe { bindings::kmod_spi_device(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(spi) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for SpiHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl SpiHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// Which one of the controller's lines selects it.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn chip_select(&self) -> Result<u8> {
        // SAFETY: The device lives (`Pointer`'s invariant).
        let line = unsafe { bindings::kmod_spi_chip_select(self.0.get()?) };
        Ok(line.try_into()?)
    }

    /// Whether it has this name, by which a driver is found for it: `modalias`.
    pub fn is_named(&self, name: &str) -> bool {
        self.0.get().is_ok_and(|spi| {
            // SAFETY: The device lives (`Pointer`'s invariant).
            let its = unsafe { bindings::kmod_spi_name(spi) };
            // SAFETY: It is a string, which stays as it is while the device is there.
            unsafe { CStr::from_ptr(its) }.to_bytes() == name.as_bytes()
        })
    }

    /// Says how it is talked to from now on: `spi_setup()`. Messages of the module that are under
    /// way are waited for, and those that come meanwhile wait.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the controller cannot do it, and what else that says: all is as it was then. `ENODEV`.
    pub fn setup(&self, settings: SpiSettings) -> Result {
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and the other is a variable.
        to_result(unsafe { bindings::kmod_spi_setup(self.0.get()?, &raw const settings.0) })
            .map(drop)
    }

    /// How it is talked to.
    fn settings(&self) -> Result<kmod_spi_settings> {
        let spi = self.0.get()?;
        let mut settings = MaybeUninit::uninit();
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and the other is a variable.
        unsafe { bindings::kmod_spi_settings(spi, settings.as_mut_ptr()) };
        // SAFETY: It was written as a whole.
        Ok(unsafe { settings.assume_init() })
    }

    /// The clock's polarity and phase.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn mode(&self) -> Result<SpiMode> {
        Ok(SpiMode::of(self.settings()?.mode))
    }

    /// The highest clock, in Hz: `max_speed_hz`.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn max_speed(&self) -> Result<u32> {
        Ok(self.settings()?.speed)
    }

    /// How many bits a word has.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn bits_per_word(&self) -> Result<u8> {
        Ok(self.settings()?.bits)
    }

    /// How many bytes a transfer has at the most: `spi_max_transfer_size()`.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn max_transfer_size(&self) -> Result<usize> {
        // SAFETY: The device lives during this call (`Pointer`'s invariant).
        Ok(unsafe { bindings::kmod_spi_max_transfer(self.0.get()?) })
    }

    /// How many bytes all transfers of a message have together at the most: `spi_max_message_size()`.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn max_message_size(&self) -> Result<usize> {
        // SAFETY: The device lives during this call (`Pointer`'s invariant).
        Ok(unsafe { bindings::kmod_spi_max_message(self.0.get()?) })
    }

    /// Bytes to the device: `spi_write()` of a copy.
    ///
    /// # Errors
    ///
    /// Those of [the type](SpiHandle#errors); `EIO` if the controller says that it moved fewer bytes.
    pub fn write(&self, from: &[u8]) -> Result {
        self.write_then_read(from, &mut [])
    }

    /// Bytes from the device: `spi_read()`, and a copy of that.
    ///
    /// # Errors
    ///
    /// Those of [the type](SpiHandle#errors); `EIO` if the controller says that it moved fewer bytes.
    pub fn read(&self, to: &mut [u8]) -> Result {
        self.write_then_read(&[], to)
    }

    /// Bytes to the device, then bytes from it, while it stays selected; either may be empty, and is left out then. As
    /// `spi_write_then_read()`: both are copied, so that they may be anywhere. For many bytes, or often, there is
    /// [`message`](Self::message).
    ///
    /// # Errors
    ///
    /// Those of [the type](SpiHandle#errors); `EIO` if the controller says that it moved fewer bytes. Nothing is
    /// read then.
    pub fn write_then_read(&self, from: &[u8], to: &mut [u8]) -> Result {
        let spi = self.0.get()?;
        let (start, received) = (to.as_mut_ptr().cast(), to.len());
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let error = unsafe {
            bindings::kmod_spi_write_then_read(
                spi,
                from.as_ptr().cast(),
                from.len(),
                start,
                received,
            )
        };
        to_result(error).map(drop)
    }

    /// A byte from the device for each that goes to it: `spi_sync_transfer()` of one transfer. Nothing is copied.
    ///
    /// # Errors
    ///
    /// Those of [the type](SpiHandle#errors); `EINVAL` if the buffers are not of one size; `EIO` if the controller
    /// says that it moved fewer bytes.
    pub fn transfer(&self, from: &SpiBuffer, to: &mut SpiBuffer) -> Result {
        if from.len() != to.len() {
            return Err(EINVAL);
        }
        let all = from.len();
        let moved = self.message(&mut [SpiTransfer::full_duplex(from, to)])?;
        if moved == all { Ok(()) } else { Err(EIO) }
    }

    /// Transfers one after the other, with no other device's between them: `spi_sync()` of a `struct spi_message`.
    /// How many bytes the controller says that it has moved is returned, which may be less than all.
    ///
    /// ```
    /// use core::time::Duration;
    ///
    /// use kmod_core::prelude::*;
    ///
    /// /// Starts a conversion, and takes what came of it.
    /// fn convert(adc: &SpiHandle, command: &SpiBuffer, result: &mut SpiBuffer) -> Result<usize> {
    ///     adc.message(&mut [
    ///         SpiTransfer::write(command).delay(Duration::from_micros(20)).cs_change(),
    ///         SpiTransfer::read(result).speed(1_000_000),
    ///     ])
    /// }
    /// # let (command, mut result) = (SpiBuffer::new(1)?, SpiBuffer::new(2)?);
    /// # assert_eq!(convert(&SpiHandle::new(), &command, &mut result), Err(ENODEV));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [the type](SpiHandle#errors); `EMSGSIZE` if a transfer is longer than its buffers. What was read before
    /// is in the buffers.
    pub fn message(&self, transfers: &mut [SpiTransfer<'_>]) -> Result<usize> {
        let spi = self.0.get()?;
        let mut moved = 0;
        let start = transfers.as_mut_ptr().cast();
        // SAFETY: The device lives during this call (`Pointer`'s invariant), in which the message is done; there are
        // as many transfers, whose bytes are there and borrowed (`SpiTransfer`'s invariant).
        let error =
            unsafe { bindings::kmod_spi_message(spi, start, transfers.len(), &raw mut moved) };
        to_result(error)?;
        Ok(moved)
    }
}
