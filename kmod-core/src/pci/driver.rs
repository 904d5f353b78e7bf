// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and how the kernel is told of it.

use core::ffi::{CStr, c_int, c_ulong};
use core::mem;

use kmod_bindings::{
    self as bindings, device, kmod_driver_calls, kmod_pci_driver, kmod_pci_resets, pci_device_id,
};

use super::{PciConfig, PciDevice};
use crate::bus::{Bus, BusDriver, DmaBus, Driver, DriverField, DriverHandlers, driver_trait};
use crate::error::Result;
use crate::instance::{At, Object, Provides};

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
        // SAFETY: `register`'s contract is that of the C function, but for what `PciBusDriver` has put into it.
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
    trait PciDriver for Pci, PciDevice with PciHandlers;

    /// Makes the struct of a device that the driver is being bound to. The device is enabled.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;

    more {
        /// The device is about to be reset, by [`try_reset_function`](PciConfig::try_reset_function), by root in sysfs
        /// or by the kernel: what uses its registers, interrupts and DMA is to pause. Its configuration space is
        /// saved next. It is not unbound before `reset_done` has returned.
        fn reset_prepare(&self, device: &Self::Device) {
            let _ = device;
        }

        /// The device was reset, or could not be: its configuration space is as it was before, its registers are as
        /// after power-on.
        fn reset_done(&self, device: &Self::Device) {
            let _ = device;
        }
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct PciHandlers {
    pub remove: bool,
    pub shutdown: bool,
    pub suspend: bool,
    pub resume: bool,
    pub runtime_suspend: bool,
    pub runtime_resume: bool,
    pub reset_prepare: bool,
    pub reset_done: bool,
}

impl PciHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
        suspend: false,
        resume: false,
        runtime_suspend: false,
        runtime_resume: false,
        reset_prepare: false,
        reset_done: false,
    };

    /// Those that drivers of all buses have.
    const fn of_all(self) -> DriverHandlers {
        DriverHandlers {
            remove: self.remove,
            shutdown: self.shutdown,
            suspend: self.suspend,
            resume: self.resume,
            runtime_suspend: self.runtime_suspend,
            runtime_resume: self.runtime_resume,
        }
    }
}

/// Tells a driver that a device is about to be reset.
fn prepare<D: PciDriver>(driver: &D, state: &<D as Driver<Pci>>::Device) {
    driver.reset_prepare(state);
}

/// Tells a driver that a device was reset.
fn done<D: PciDriver>(driver: &D, state: &<D as Driver<Pci>>::Device) {
    driver.reset_done(state);
}

/// The driver of a field under `#[pci_driver]`.
pub struct PciBusDriver<F>
where
    F: DriverField<Bus = Pci, Type: PciDriver>,
{
    driver: BusDriver<F>,
    resets: kmod_pci_resets,
}

// SAFETY: `resets` is never changed.
unsafe impl<F> Sync for PciBusDriver<F> where F: DriverField<Bus = Pci, Type: PciDriver> {}

impl<F> PciBusDriver<F>
where
    F: DriverField<Bus = Pci, Type: PciDriver>,
{
    /// Which handlers there are.
    const HANDLERS: PciHandlers = <F::Type as PciDriver>::HANDLERS;

    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as PciDriver>::Module>,
    {
        /// The function, or `NULL` for a handler that is absent.
        macro_rules! slots {
            ($($handler:ident)*) => {
                kmod_pci_resets {
                    $($handler: if Self::HANDLERS.$handler {
                        Some(Self::$handler)
                    } else {
                        None
                    },)*
                }
            };
        }
        Self {
            // Its module is that of the field: this function's bound.
            driver: BusDriver::unchecked(),
            resets: slots!(reset_prepare reset_done),
        }
    }

    unsafe extern "C" fn reset_prepare(device: *mut device) {
        // SAFETY: The kernel calls it for the driver's device, with that's lock, which `remove` takes, too.
        unsafe { BusDriver::<F>::enter(device, prepare) };
    }

    unsafe extern "C" fn reset_done(device: *mut device) {
        // SAFETY: The kernel calls it for the driver's device, with that's lock, which `remove` takes, too.
        unsafe { BusDriver::<F>::enter(device, done) };
    }
}

// SAFETY: It is that of `driver`. What is called around a reset is called with the lock of a device that the driver is
// bound to: after the last was unbound nothing is called.
unsafe impl<F> Object for PciBusDriver<F>
where
    F: DriverField<Bus = Pci, Type: PciDriver>,
{
    unsafe fn register(&self, at: &At) -> Result {
        if Self::HANDLERS.reset_prepare || Self::HANDLERS.reset_done {
            // SAFETY: The driver is not registered yet, and stays until it was unregistered, as what is called does
            // (the caller's promise).
            unsafe {
                bindings::kmod_pci_driver_hears(self.driver.kernel(), &raw const self.resets);
            }
        }
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.register(at) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.unregister(at) };
    }
}
