// SPDX-License-Identifier: GPL-2.0-only
//! What `probe` knows of the device.

use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings::device;

use super::{Bus, DmaBus, Driver, Handle};
use crate::error::Result;
use crate::instance::ModuleState;
use crate::print::HasDevice;
use crate::{dma, driver};

/// The kernel's device that a driver is being bound to. It is used as the bus's [`Handle`] is, to which it
/// dereferences.
///
/// # Invariants
///
/// `device` lives as long as the call of `probe`, which the value does not outlive, and `handle` is that
/// of it. The value stays in the task that runs `probe`: its pointer keeps it from being `Sync`.
pub struct BusDevice<'a, B: Bus, D: Driver<B>> {
    device: NonNull<device>,
    handle: B::Handle,
    index: u32,
    id: &'a D::Id,
}

impl<'a, B: Bus, D: Driver<B>> BusDevice<'a, B, D> {
    /// Of a running `probe`.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device is on another bus.
    ///
    /// # Safety
    ///
    /// The device lives during `'a`, in which the driver's `probe` runs.
    pub(super) unsafe fn new(device: NonNull<device>, index: u32, id: &'a D::Id) -> Result<Self> {
        let handle = B::Handle::closed();
        // SAFETY: The device lives as long as the value (the caller's promise), which gives the handle out
        // by reference only, and closes it when it goes.
        unsafe { handle.open(device) }?;
        // INVARIANT: By the caller's promise.
        Ok(Self {
            device,
            handle,
            index,
            id,
        })
    }

    /// Its name, by which sysfs knows it: `dev_name()`.
    pub fn name(&self) -> &'a str {
        // SAFETY: The device lives during `'a` (invariant), and devices of these buses are never renamed.
        unsafe { driver::name(self.device.as_ptr()) }
    }

    /// What the driver's `ids` say of the id by which the device was found.
    pub fn id(&self) -> &'a D::Id {
        self.id
    }

    /// Which one of the driver's devices it is: the smallest number, from 0 on, that no other has now.
    /// It is what `{index}` in the names of the device's nodes stands for.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The state of the module.
    pub fn module(&self) -> &'a D::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { D::Module::state() }
    }
}

impl<B: DmaBus, D: Driver<B>> BusDevice<'_, B, D> {
    /// Says how many bits the addresses have that the device can take for [DMA](mod@crate::dma), 1 to 64; 32
    /// if nothing is said. Memory for it is allocated where it can reach: fewer bits than the device has
    /// leave less of it, more have the device write somewhere else.
    ///
    /// # Errors
    ///
    /// `EIO` if the machine has no memory for so few, `EINVAL` if it is no number of bits.
    pub fn dma_set_mask(&self, bits: u8) -> Result {
        // SAFETY: The device lives (invariant), and this is within its `probe`.
        unsafe { dma::set_mask(self.device, bits) }
    }
}

// SAFETY: The device lives as long as the value (invariant).
unsafe impl<B: Bus, D: Driver<B>> HasDevice for BusDevice<'_, B, D> {
    fn device(&self) -> *const device {
        self.device.as_ptr()
    }
}

impl<B: Bus, D: Driver<B>> Deref for BusDevice<'_, B, D> {
    type Target = B::Handle;

    fn deref(&self) -> &B::Handle {
        &self.handle
    }
}

impl<B: Bus, D: Driver<B>> Drop for BusDevice<'_, B, D> {
    fn drop(&mut self) {
        self.handle.close();
    }
}
