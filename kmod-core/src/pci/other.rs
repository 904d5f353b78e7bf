// SPDX-License-Identifier: GPL-2.0-only
//! Devices that are not the driver's own.

use core::iter::FusedIterator;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, pci_dev};

use super::config::{self, ConfigWord};
use crate::error::Result;

/// Another device, whether or not a driver has it: what some drivers read of the bridge, the memory controller or the
/// function beside theirs. Only its configuration space is there, and that is read: to write it is for its driver.
///
/// It is behind a host bridge that ACPI describes: what is behind one that goes with a driver is not found, nor is a
/// virtual function (SR-IOV).
///
/// ```
/// use kmod_core::pci::OtherDevice;
/// use kmod_core::prelude::*;
///
/// /// Which revision the machine's host bridge is of: 00:00.0.
/// fn revision() -> Result<u8> {
///     let bridge = OtherDevice::at(0, 0, 0, 0).ok_or(ENODEV)?;
///     bridge.read_config(0x08)
/// }
/// ```
///
/// Whoever has it keeps what the kernel knows of it, and not the device: after that was taken out it reads as all ones,
/// or is `ENODEV`.
///
/// # Invariants
///
/// This has a reference to the device, and its configuration space can be read as long as somebody has that
/// (`kmod_pci_other_at`).
pub struct OtherDevice(NonNull<pci_dev>);

// SAFETY: Any task may let go of a reference: the kernel counts them by atomics.
unsafe impl Send for OtherDevice {}

// SAFETY: Several tasks may read at a time: the kernel takes a lock of its own for that, and counts references by atomics.
unsafe impl Sync for OtherDevice {}

impl OtherDevice {
    /// The device at this place, as in `0000:00:1f.3`, if there is one: `pci_get_domain_bus_and_slot()`. It may sleep.
    #[must_use]
    pub fn at(domain: u16, bus: u8, slot: u8, function: u8) -> Option<Self> {
        // The kernel has both in a byte, in which other numbers would be another device's.
        if slot > 0x1f || function > 7 {
            return None;
        }
        let devfn = slot << 3 | function;
        // SAFETY: Any number may be asked for.
        let device =
            unsafe { bindings::kmod_pci_other_at(domain.into(), bus.into(), devfn.into()) };
        // INVARIANT: The call gives a reference to such a device, or NULL.
        NonNull::new(device).map(Self)
    }

    /// Devices of these ids, one after the other: `pci_get_device()`. Each step may sleep.
    #[must_use]
    pub fn all(vendor: u16, device: u16) -> OtherDevices {
        OtherDevices {
            vendor,
            device,
            last: Last::Start,
        }
    }

    /// Reads a `u8`, `u16` or `u32` of its configuration space. It does not sleep.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not aligned, or not all of it is there (the space has 256 bytes, or 4,096); `ENODEV` if the
    /// kernel knows that the device was taken out.
    pub fn read_config<T: ConfigWord>(&self, at: u16) -> Result<T> {
        // SAFETY: The device lives, and can be read (the type's invariant).
        unsafe { config::read(self.0.as_ptr(), at) }
    }
}

impl Clone for OtherDevice {
    fn clone(&self) -> Self {
        // SAFETY: The device lives (the type's invariant).
        unsafe { bindings::pci_dev_get(self.0.as_ptr()) };
        // INVARIANT: The reference is the one that was taken.
        Self(self.0)
    }
}

impl Drop for OtherDevice {
    /// It may sleep.
    fn drop(&mut self) {
        // SAFETY: The reference is this value's (the type's invariant), which goes.
        unsafe { bindings::pci_dev_put(self.0.as_ptr()) };
    }
}

/// Where a search is.
enum Last {
    Start,
    At(OtherDevice),
    End,
}

/// Devices of the same ids: [`OtherDevice::all`].
pub struct OtherDevices {
    vendor: u16,
    device: u16,
    last: Last,
}

impl Iterator for OtherDevices {
    type Item = OtherDevice;

    fn next(&mut self) -> Option<OtherDevice> {
        let after = match &self.last {
            Last::Start => ptr::null_mut(),
            Last::At(last) => last.0.as_ptr(),
            Last::End => return None,
        };
        let (vendor, device) = (self.vendor.into(), self.device.into());
        // SAFETY: The device is NULL, or lives, since this has it.
        let found = unsafe { bindings::kmod_pci_other_after(after, vendor, device) };
        // INVARIANT: The call gives a reference to such a device, or NULL.
        let found = NonNull::new(found).map(OtherDevice);
        self.last = found.clone().map_or(Last::End, Last::At);
        found
    }
}

impl FusedIterator for OtherDevices {}
