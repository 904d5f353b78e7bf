// SPDX-License-Identifier: GPL-2.0-only
//! What a driver is for: names, ids of ACPI, what a device tree calls compatible.

use core::ffi::c_ulong;
use core::mem;
use core::ptr;

use kmod_bindings::{kmod_platform_ids, of_device_id, platform_device_id};

use crate::acpi::AcpiId;
use crate::bus::names::put;

/// A row of a table of names, as C has it.
#[repr(transparent)]
pub struct PlatformId(platform_device_id);

impl PlatformId {
    /// What ends a table.
    // SAFETY: It is made of integers, of which zeroes are a value (`mem::zeroed`'s contract).
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this name, which is not empty and has less than 20 bytes. `data` is what the driver gets.
    pub const fn new(name: &str, data: c_ulong) -> Self {
        let mut id = Self::END.0;
        put(&mut id.name, name);
        id.driver_data = data;
        Self(id)
    }
}

/// A row of a table of what a device tree calls compatible, as C has it.
#[repr(transparent)]
pub struct OfId(of_device_id);

// SAFETY: Its pointer is a number, and nothing changes it.
unsafe impl Sync for OfId {}

impl OfId {
    /// What ends a table.
    // SAFETY: It is made of integers and a pointer that may be null: zeroes are a value (`mem::zeroed`'s contract).
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices that are compatible with this, which is not empty and has less than 128 bytes. `data` is what the
    /// driver gets.
    pub const fn new(compatible: &str, data: c_ulong) -> Self {
        let mut id = Self::END.0;
        put(&mut id.compatible, compatible);
        id.data = ptr::without_provenance(data as usize);
        Self(id)
    }
}

/// The tables of a driver's ids.
///
/// # Invariants
///
/// Each is empty or has an end.
pub struct PlatformIds {
    names: &'static [PlatformId],
    acpi: &'static [AcpiId],
    of: &'static [OfId],
    others: bool,
}

impl PlatformIds {
    /// These; `others` are bound, too, if no row says anything: what is found by the driver's name, or is given to it
    /// by hand.
    ///
    /// # Panics
    ///
    /// If one has rows and no end: of a constant, when it is compiled.
    pub const fn new(
        names: &'static [PlatformId],
        acpi: &'static [AcpiId],
        of: &'static [OfId],
        others: bool,
    ) -> Self {
        // INVARIANT: This is it.
        assert!(matches!(
            names,
            [] | [.., PlatformId(platform_device_id { name: [0, ..], .. })]
        ));
        assert!(matches!(
            of,
            [] | [
                ..,
                OfId(of_device_id {
                    compatible: [0, ..],
                    ..
                })
            ]
        ));
        if let [.., last] = acpi {
            assert!(last.is_end());
        }
        Self {
            names,
            acpi,
            of,
            others,
        }
    }

    /// They, as C has them.
    pub(super) fn tables(&self) -> kmod_platform_ids {
        kmod_platform_ids {
            names: if_any(self.names).cast(),
            acpi: if_any(self.acpi).cast(),
            of: if_any(self.of).cast(),
            others: self.others,
        }
    }
}

/// Where a table is, or null if there is none.
fn if_any<T>(rows: &'static [T]) -> *const T {
    if rows.is_empty() {
        ptr::null()
    } else {
        rows.as_ptr()
    }
}
