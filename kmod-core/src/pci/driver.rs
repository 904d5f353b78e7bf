// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and what the kernel calls.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_ulong};
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_pci_driver, pci_dev, pci_device_id};

use super::PciDevice;
use crate::driver::Binding;
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::instance::{At, Device, Field, ModuleState, Object, Provides};
use crate::module::Module;
use crate::sync::Shared;

/// What a driver does with the devices that it is bound to, in process context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a PCI driver",
    label = "a field under `#[pci_driver]` is of a type that is one",
    note = "write `#[handlers] impl PciDriver for {Self} {{ … }}`"
)]
pub trait PciDriver: Sized + Shared {
    /// The module whose state the driver uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of a device, under [`#[device]`](macro@crate::device).
    type Device: Device;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id: Sync + 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: PciHandlers;

    /// Makes the struct of a device that the driver is being bound to. The device is enabled. None of its
    /// objects is registered yet; they are, in field order, once this returns.
    ///
    /// # Errors
    ///
    /// Any: the driver is not bound then. `ENODEV` and `ENXIO` say that the device is none for this
    /// driver; `EPROBE_DEFER` has it called once more, later. Others the kernel logs.
    fn probe(&self, device: &PciDevice<'_, Self>) -> Result<Self::Device>;

    /// The device is being taken away, or is gone already: nothing else of it runs any more, and nothing
    /// will; its objects are still registered.
    fn remove(&self, device: &Self::Device) {
        let _ = device;
    }

    /// The machine is being shut down or rebooted. The device stays as it is, and its handlers run on.
    fn shutdown(&self, device: &Self::Device) {
        let _ = device;
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
pub struct PciHandlers {
    pub remove: bool,
    pub shutdown: bool,
}

impl PciHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
    };
}

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

    /// Whether it ends a table, as the kernel sees it.
    const fn is_end(&self) -> bool {
        self.0.vendor == 0 && self.0.subvendor == 0 && self.0.class_mask == 0
    }
}

/// A field under `#[pci_driver]`.
pub trait PciField: Field<Instance: Module, Type: PciDriver> {
    /// The driver's name.
    const NAME: &'static CStr;
    /// The table of its ids, with its end.
    const IDS: &'static [PciId];
    /// What is said of each of them.
    const DATA: &'static [<Self::Type as PciDriver>::Id];
}

/// The type of a driver.
type Driver<F> = <F as Field>::Type;

/// The struct of its devices.
type DeviceOf<F> = <Driver<F> as PciDriver>::Device;

/// They, as all drivers have them.
type Devices<F> = Binding<<F as Field>::Instance, DeviceOf<F>>;

/// The driver of a field under `#[pci_driver]`.
pub struct Pci<F> {
    /// The kernel's from `register` to `unregister`.
    driver: UnsafeCell<kmod_pci_driver>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F> Sync for Pci<F> {}

impl<F: PciField> Pci<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as PciDriver>::Module>,
    {
        const {
            assert!(
                matches!(F::IDS, [.., last] if last.is_end()),
                "a table of ids has an end"
            );
        }
        let driver = kmod_pci_driver {
            probe: Some(Self::probe),
            remove: Some(Self::remove),
            shutdown: if F::Type::HANDLERS.shutdown {
                Some(Self::shutdown)
            } else {
                None
            },
            // SAFETY: The rest are C structs that are made when the driver is registered.
            ..unsafe { mem::zeroed() }
        };
        Self {
            driver: UnsafeCell::new(driver),
            field: PhantomData,
        }
    }

    /// The driver.
    ///
    /// # Safety
    ///
    /// Only within its callbacks.
    unsafe fn driver<'a>() -> &'a Driver<F> {
        // SAFETY: The driver is a registered object of the module.
        let module = unsafe { F::Instance::slot().get() };
        crate::instance::field::<F>(module)
    }

    unsafe extern "C" fn probe(
        device: *mut pci_dev,
        driver: *mut kmod_pci_driver,
        data: c_ulong,
    ) -> c_int {
        // It comes from the table, or from whoever wrote to `new_id`.
        let id = usize::try_from(data).ok().and_then(|n| F::DATA.get(n));
        let (Some(found), Some(id)) = (NonNull::new(device), id) else {
            return EINVAL.to_errno();
        };
        let make = |index| {
            // SAFETY: The kernel binds the driver to this device, which has been enabled.
            let context = unsafe { PciDevice::new(found, index, id) };
            // SAFETY: This is a callback of the driver.
            unsafe { Self::driver() }.probe(&context)
        };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_pci_dev(device) };
        // SAFETY: The driver is registered, since it is being bound.
        let indices = unsafe { &raw mut (*driver).indices };
        // SAFETY: The kernel binds the driver to this device; its numbers are for that.
        unsafe { Devices::<F>::probe(device, indices, make) }
    }

    unsafe extern "C" fn remove(device: *mut pci_dev, driver: *mut kmod_pci_driver) {
        let last = |state: &DeviceOf<F>| {
            if F::Type::HANDLERS.remove {
                // SAFETY: This is a callback of the driver.
                unsafe { Self::driver() }.remove(state);
            }
        };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_pci_dev(device) };
        // SAFETY: The driver is registered, since it is bound.
        let indices = unsafe { &raw mut (*driver).indices };
        // SAFETY: The kernel unbinds the driver from this device, to which `probe` bound it.
        unsafe { Devices::<F>::remove(device, indices, last) };
    }

    unsafe extern "C" fn shutdown(device: *mut pci_dev) {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_pci_dev(device) };
        // SAFETY: The kernel calls it with the device's lock, for one that the driver is bound to.
        unsafe { Devices::<F>::shutdown(device, |state| driver.shutdown(state)) };
    }
}

// SAFETY: `pci_unregister_driver()` unbinds all devices, and waits for that; after it no callback of the
// driver runs.
unsafe impl<F: PciField> Object for Pci<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        let (driver, ids) = (self.driver.get(), F::IDS.as_ptr().cast::<pci_device_id>());
        // SAFETY: It is complete and stays until it was unregistered (the caller's promise), and so are
        // the ids, which have an end (`new`).
        to_result(unsafe { bindings::kmod_pci_driver_register(driver, F::NAME.as_ptr(), ids) })?;
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { bindings::kmod_pci_driver_unregister(self.driver.get()) };
    }
}

// A `kmod_pci_driver` is found by its `struct pci_driver`, its first field.
#[cfg(target_os = "none")]
const _: () = assert!(mem::offset_of!(kmod_pci_driver, driver) == 0);
