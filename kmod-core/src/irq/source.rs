// SPDX-License-Identifier: GPL-2.0-only
//! Where a device's interrupts come from.

use core::ffi::{c_uint, c_void};

use kmod_bindings::{self as bindings, kmod_irq_calls};

use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::gpio::GpioIrqs;
use crate::instance::At;
use crate::pci;

/// Where a field's interrupt comes from.
pub enum IrqSource {
    /// One of a PCI device's.
    Vector {
        /// Which.
        own: IrqNumbers,
        /// Those of all fields of the device, in field order.
        all: &'static [IrqNumbers],
        /// The kinds of interrupts that the driver takes, if the field is the first one.
        kinds: c_uint,
    },
    /// A resource of a platform device.
    Resource {
        /// Their indices.
        own: IrqNumbers,
        /// Those of all fields of the device.
        all: &'static [IrqNumbers],
    },
    /// Lines of a field under `#[gpio]`.
    Gpio {
        /// Their indices, from 0 on.
        own: IrqNumbers,
        /// How they are requested.
        lines: GpioIrqs,
        /// Whether a level that rises is one, and one that falls.
        edges: [bool; 2],
    },
}

/// The numbers of a field's interrupts.
#[derive(Clone, Copy)]
pub struct IrqNumbers {
    /// The first one.
    pub first: u16,
    /// How many there are, one after the other.
    pub count: usize,
}

impl IrqNumbers {
    /// The one behind the last.
    const fn end(self) -> usize {
        self.first as usize + self.count
    }
}

/// Holds that a field has interrupts, of which each is at most `last`, and of no other field.
///
/// # Panics
///
/// If they are none, too many, or another field's: of a constant, when it is compiled.
pub const fn assert_irq_numbers(own: IrqNumbers, mut all: &[IrqNumbers], last: u16) {
    assert!(own.count != 0, "an array of no interrupts");
    assert!(
        own.end() <= last as usize + 1,
        "a device has not so many interrupts"
    );
    while let [one, others @ ..] = all {
        // Those that begin with the same one were told before.
        assert!(
            one.first == own.first
                || own.end() <= one.first as usize
                || one.end() <= own.first as usize,
            "an interrupt of two fields: an array has as many as its length, from its number on"
        );
        all = others;
    }
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
        match self {
            Self::Vector { all, .. } | Self::Resource { all, .. } => {
                matches!(all, [IrqNumbers { count: 1, .. }])
            }
            // It may have others that are not of lines.
            Self::Gpio { .. } => false,
        }
    }

    /// How many the field has.
    pub(super) const fn count(&self) -> usize {
        let (Self::Vector { own, .. } | Self::Resource { own, .. } | Self::Gpio { own, .. }) = self;
        own.count
    }

    /// How many interrupts a PCI device has if this field gets them for all, as the first one.
    const fn vectors(&self) -> Option<c_uint> {
        let Self::Vector { own, all, .. } = self else {
            return None;
        };
        let [first, ..] = all else {
            return None;
        };
        if first.first != own.first {
            return None;
        }
        let mut end = 0;
        let mut left = *all;
        while let [another, others @ ..] = left {
            if another.end() > end {
                end = another.end();
            }
            left = others;
        }
        Some(end as c_uint)
    }

    /// Has the interrupt of this index, of those of the field, make these calls; its line, or 0 for that of an optional
    /// GPIO line that is not there.
    ///
    /// # Errors
    ///
    /// The kernel's; nothing is registered then.
    ///
    /// # Safety
    ///
    /// `at` is a device that is being bound, and enabled. The functions may be called with their data until
    /// [`free`](Self::free) has returned. No such interrupt of this source is registered with it; of a vector, those
    /// of fields before this one are, with the same `all`, and of this field those with a smaller index, and those after
    /// are not. Of a GPIO line, the field that has it is one of the instance, and is registered.
    pub(super) unsafe fn request(
        &self,
        at: &At,
        index: usize,
        calls: &kmod_irq_calls,
    ) -> Result<c_uint> {
        let line = match self {
            Self::Vector { own, kinds, .. } => {
                // SAFETY: The device is being bound (this function's contract).
                let device = unsafe { pci::device_of(at) }.ok_or(ENODEV)?.as_ptr();
                let vectors = self.vectors().filter(|_| index == 0);
                if let Some(count) = vectors {
                    // SAFETY: The device lives and is enabled, and it is the first one of the first field: it has no
                    // interrupts yet.
                    to_result(unsafe { bindings::kmod_pci_irq_vectors(device, *kinds, count) })?;
                }
                let vector = c_uint::from(own.first) + index as c_uint;
                // SAFETY: The first field has got the device as many as there are. The calls are as C wants
                // them (this function's contract).
                let line = unsafe { bindings::kmod_pci_irq_request(device, vector, calls) };
                if line < 0 && vectors.is_some() {
                    // SAFETY: It was given them above, and none of them is in use.
                    unsafe { bindings::kmod_pci_irq_vectors_free(device) };
                }
                line
            }
            Self::Resource { own, .. } => {
                let index = c_uint::from(own.first) + index as c_uint;
                let device = at.parent().ok_or(ENODEV)?;
                // SAFETY: The device lives, being bound; the calls are as C wants them (this function's
                // contract).
                unsafe { bindings::kmod_platform_irq_request(device, index, calls) }
            }
            Self::Gpio { lines, edges, .. } => {
                // SAFETY: The device is being bound, the field is registered, and is taken back after this one (this
                // function's contract).
                unsafe { lines.request(at, index, *edges, calls) }?
            }
        };
        Ok(to_result(line)?.cast_unsigned())
    }

    /// Takes it back, and waits for what runs of the calls.
    ///
    /// # Safety
    ///
    /// [`request`](Self::request) has given this line for the data, with the same `at` and `index`; those of fields
    /// after this one have been taken back, and of this field those with a greater index.
    pub(super) unsafe fn free(&self, at: &At, index: usize, line: c_uint, data: *mut c_void) {
        if line == 0 {
            return;
        }
        // SAFETY: The line was given for the data, and is taken back once (this function's contract).
        unsafe { bindings::kmod_irq_free(line, data) };
        if index != 0 || self.vectors().is_none() {
            return;
        }
        // SAFETY: The device is bound until its objects have gone.
        if let Some(device) = unsafe { pci::device_of(at) } {
            // SAFETY: `request` has got them for the device, and it is the first one of the first field: no other
            // is registered any more.
            unsafe { bindings::kmod_pci_irq_vectors_free(device.as_ptr()) };
        }
    }
}
