// SPDX-License-Identifier: GPL-2.0-only
//! Where a device's interrupts come from.

use core::ffi::{c_uint, c_void};

use kmod_bindings::{self as bindings, kmod_irq_calls};

use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::instance::At;
use crate::pci;

/// Where a field's interrupt comes from.
pub enum IrqSource {
    /// One of a PCI device's.
    Vector {
        /// Which one.
        vector: u16,
        /// Those of all fields of the device, in field order.
        all: &'static [u16],
        /// The kinds of interrupts that the driver takes, if the field is the first one.
        kinds: c_uint,
    },
    /// A resource of a platform device.
    Resource {
        /// Its index.
        index: u16,
        /// Those of all fields of the device.
        all: &'static [u16],
    },
}

/// The kinds of these names, of those that `#[irq(kinds(…))]` takes.
pub const fn irq_kinds(mut names: &[&str]) -> c_uint {
    let mut kinds = 0;
    while let [name, others @ ..] = names {
        kinds |= match name.as_bytes() {
            b"intx" => bindings::KMOD_PCI_IRQ_INTX,
            b"msi" => bindings::KMOD_PCI_IRQ_MSI,
            _ => bindings::KMOD_PCI_IRQ_MSIX,
        };
        names = others;
    }
    kinds
}

impl IrqSource {
    /// Whether the device has no other.
    pub(super) const fn is_alone(&self) -> bool {
        matches!(
            self,
            Self::Vector { all: [_], .. } | Self::Resource { all: [_], .. }
        )
    }

    /// How many interrupts a PCI device has if this field gets them for all, as the first one.
    const fn vectors(&self) -> Option<c_uint> {
        let Self::Vector { vector, all, .. } = self else {
            return None;
        };
        let [first, ..] = all else {
            return None;
        };
        if *first != *vector {
            return None;
        }
        let mut last = *first;
        let mut left = *all;
        while let [another, others @ ..] = left {
            if *another > last {
                last = *another;
            }
            left = others;
        }
        Some(last as c_uint + 1)
    }

    /// Has the interrupt make these calls; its line.
    ///
    /// # Errors
    ///
    /// The kernel's; nothing is registered then.
    ///
    /// # Safety
    ///
    /// `at` is a device that is being bound, and enabled. The functions may be called with their data until
    /// [`free`](Self::free) has returned. No interrupt of this source is registered with it; of a vector, those
    /// of fields before this one are, with the same `all`, and those after are not.
    pub(super) unsafe fn request(&self, at: &At, calls: &kmod_irq_calls) -> Result<c_uint> {
        let line = match self {
            Self::Vector { vector, kinds, .. } => {
                // SAFETY: The device is being bound (this function's contract).
                let device = unsafe { pci::device_of(at) }.ok_or(ENODEV)?.as_ptr();
                let vectors = self.vectors();
                if let Some(count) = vectors {
                    // SAFETY: The device lives and is enabled, and the field is the first one: it has no
                    // interrupts yet.
                    to_result(unsafe { bindings::kmod_pci_irq_vectors(device, *kinds, count) })?;
                }
                let vector = c_uint::from(*vector);
                // SAFETY: The first field has got the device as many as there are. The calls are as C wants
                // them (this function's contract).
                let line = unsafe { bindings::kmod_pci_irq_request(device, vector, calls) };
                if line < 0 && vectors.is_some() {
                    // SAFETY: It was given them above, and none of them is in use.
                    unsafe { bindings::kmod_pci_irq_vectors_free(device) };
                }
                line
            }
            Self::Resource { index, .. } => {
                let device = at.parent().ok_or(ENODEV)?;
                // SAFETY: The device lives, being bound; the calls are as C wants them (this function's
                // contract).
                unsafe { bindings::kmod_platform_irq_request(device, c_uint::from(*index), calls) }
            }
        };
        Ok(to_result(line)?.cast_unsigned())
    }

    /// Takes it back, and waits for what runs of the calls.
    ///
    /// # Safety
    ///
    /// [`request`](Self::request) has given this line for the data, with the same `at`; those of fields after this
    /// one have been taken back.
    pub(super) unsafe fn free(&self, at: &At, line: c_uint, data: *mut c_void) {
        // SAFETY: The line was given for the data, and is taken back once (this function's contract).
        unsafe { bindings::kmod_irq_free(line, data) };
        if self.vectors().is_none() {
            return;
        }
        // SAFETY: The device is bound until its objects have gone.
        if let Some(device) = unsafe { pci::device_of(at) } {
            // SAFETY: `request` has got them for the device, and the field is the first one: no other is
            // registered any more.
            unsafe { bindings::kmod_pci_irq_vectors_free(device.as_ptr()) };
        }
    }
}
