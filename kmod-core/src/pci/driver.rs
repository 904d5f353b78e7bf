// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and how the kernel is told of it.

use core::ffi::{CStr, c_int, c_ulong};
use core::mem;

use kmod_bindings::{self as bindings, kmod_driver_calls, kmod_pci_driver, pci_device_id};

use super::{PciConfig, PciDevice};
use crate::bus::{Bus, DmaBus, driver_trait};

/// The bus.
pub struct Pci;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct PciId(pci_device_id);

impl PciId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this vendor, number, subsystem's vendor and number, class and its mask. `data` is
    /// what the driver gets.
    pub const fn new(
        [vendor, device, subvendor, subdevice, class, class_mask]: [u32; 6],
        data: c_ulong,
    ) -> Self {
        // Some kernels have more fields.
        let mut id = Self::END.0;
        id.vendor = vendor;
        id.device = device;
        id.subvendor = subvendor;
        id.subdevice = subdevice;
        id.class = class;
        id.class_mask = class_mask;
        id.driver_data = data;
        Self(id)
    }
}

// SAFETY: `pci_unregister_driver()` unbinds all devices, and waits for that; `probe` of C is given the row that
// was found, or one that was made by `new_id`, whose number is looked at.
unsafe impl Bus for Pci {
    type Driver = kmod_pci_driver;
    type Row = PciId;
    type Handle = PciConfig;

    fn is_end(row: &PciId) -> bool {
        row.0.vendor == 0 && row.0.subvendor == 0 && row.0.class_mask == 0
    }

    unsafe fn register(
        driver: *mut kmod_pci_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [PciId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<pci_device_id>();
        // SAFETY: `register`'s contract is that of the C function.
        unsafe { bindings::kmod_pci_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_pci_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_pci_driver_unregister(driver) };
    }
}

impl DmaBus for Pci {}

driver_trait! {
    /// What a driver does with the devices that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a PCI driver",
        label = "a field under `#[pci_driver]` is of a type that is one",
        note = "write `#[handlers] impl PciDriver for {Self} {{ … }}`"
    )]
    trait PciDriver for Pci, PciDevice;

    /// Makes the struct of a device that the driver is being bound to. The device is enabled.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;
}
