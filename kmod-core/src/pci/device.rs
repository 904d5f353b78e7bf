// SPDX-License-Identifier: GPL-2.0-only
//! What `probe` knows of the device.

use core::ffi::c_int;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, pci_dev};

use super::bar::MappedBar;
use super::{PciDriver, config, config::ConfigWord};
use crate::error::Result;
use crate::error::code::ENODEV;
use crate::instance::ModuleState;
use crate::io::Registers;
use crate::print::HasDevice;
use crate::{dma, driver};

/// The kernel's device that a driver is being bound to.
///
/// # Invariants
///
/// `device` lives, and is enabled, as long as the call of `probe`, which the value does not outlive.
pub struct PciDevice<'a, D: PciDriver> {
    device: NonNull<pci_dev>,
    index: u32,
    id: &'a D::Id,
}

impl<'a, D: PciDriver> PciDevice<'a, D> {
    /// Of a running `probe`.
    ///
    /// # Safety
    ///
    /// The device lives, and is enabled, during `'a`, in which the driver's `probe` runs.
    pub(super) unsafe fn new(device: NonNull<pci_dev>, index: u32, id: &'a D::Id) -> Self {
        // INVARIANT: By the caller's promise.
        Self { device, index, id }
    }

    /// Where it is, as in `0000:00:03.0`: `pci_name()`.
    pub fn name(&self) -> &'a str {
        // SAFETY: The device lives (invariant).
        let device = unsafe { bindings::kmod_pci_dev(self.device.as_ptr()) };
        // SAFETY: It lives as long as the value (invariant), and PCI devices are never renamed.
        unsafe { driver::name(device) }
    }

    /// What the driver's `ids` say of the id by which the device was found. For a device that was given to
    /// the driver by hand (`new_id`, `driver_override`), it is that of the first id if nothing else was said.
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

    /// Reads of its configuration space: a `u8`, `u16` or `u32`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not aligned, or not all of it is there (the space has 256 bytes, or 4,096);
    /// `ENODEV` if the device is not there any more.
    pub fn read_config<T: ConfigWord>(&self, at: u16) -> Result<T> {
        // SAFETY: The device lives (invariant).
        unsafe { config::read(self.device, at) }
    }

    /// Writes to its configuration space, where the kernel leaves that to drivers.
    ///
    /// # Errors
    ///
    /// As [`read_config`](Self::read_config); `EPERM` for what the kernel itself sets: the header, the
    /// extended space, and the capabilities for power, interrupts, PCI-X and PCI Express and others.
    pub fn write_config<T: ConfigWord>(&self, at: u16, value: T) -> Result {
        // SAFETY: The device lives (invariant).
        unsafe { config::write(self.device, at, value) }
    }

    /// Says how many bits the addresses have that the device can take for [DMA](mod@crate::dma), 1 to 64; 32
    /// if nothing is said. Memory for it is allocated where it can reach: fewer bits than the device has
    /// leave less of it, more have the device write somewhere else.
    ///
    /// # Errors
    ///
    /// `EIO` if the machine has no memory for so few, `EINVAL` if it is no number of bits.
    pub fn dma_set_mask(&self, bits: u8) -> Result {
        // SAFETY: The device lives (invariant).
        let device = unsafe { bindings::kmod_pci_dev(self.device.as_ptr()) };
        let device = NonNull::new(device).ok_or(ENODEV)?;
        // SAFETY: It lives, and this is within its `probe`.
        unsafe { dma::set_mask(device, bits) }
    }

    /// Maps a BAR while `probe` needs it. The device's own mapping is a field under
    /// [`#[bar]`](macro@crate::bar), which is made when `probe` has returned.
    ///
    /// # Errors
    ///
    /// As [`Bar`](super::Bar); `EINVAL` if there is no BAR of this index.
    pub fn map<R: Registers>(&self, index: u8) -> Result<MappedBar<'_, R>> {
        // SAFETY: The device lives and is enabled as long as the value, which is borrowed.
        unsafe { MappedBar::new(self.device, c_int::from(index)) }
    }
}

// SAFETY: The device lives as long as the value (invariant).
unsafe impl<D: PciDriver> HasDevice for PciDevice<'_, D> {
    fn device(&self) -> *const device {
        // SAFETY: The device lives (invariant).
        unsafe { bindings::kmod_pci_dev(self.device.as_ptr()) }
    }
}
