// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, its trait, and what the kernel calls.

use core::ffi::{CStr, c_char, c_int, c_ulong, c_void};
use core::mem;
use core::ptr::{self, NonNull};

use kmod_bindings::{
    self as bindings, acpi_object, device, kmod_driver_calls, kmod_wmi_calls, kmod_wmi_driver,
    wmi_device_id,
};

use super::{WmiEvent, WmiGuid, WmiHandle};
use crate::acpi::AcpiValue;
use crate::bus::{Bus, BusDevice, BusDriver, Driver, DriverField, DriverHandlers, driver_trait};
use crate::error::{Result, to_result};
use crate::instance::{At, Field, Object, Placed, Provides};

/// The bus.
pub struct Wmi;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct WmiId(wmi_device_id);

// SAFETY: The pointer in it is a number.
unsafe impl Sync for WmiId {}

impl WmiId {
    /// What ends a table.
    // SAFETY: It is made of integers, and a pointer that may be null.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The blocks of this GUID. `data` is what the driver gets.
    pub const fn new(guid: &str, data: c_ulong) -> Self {
        let guid = WmiGuid::new(guid);
        let mut id = Self::END.0;
        let mut at = 0;
        while at < guid.bytes().len() {
            id.guid_string[at] = guid.bytes()[at] as c_char;
            at += 1;
        }
        // Null is for a device that was given by hand.
        id.context = ptr::without_provenance(data as usize + 1);
        Self(id)
    }
}

// SAFETY: `wmi_driver_unregister()` unbinds all devices, and waits for that; `probe` of C is given the number in the
// row, and refuses a device that no row is for. `remove` and `probe` have the device's lock.
unsafe impl Bus for Wmi {
    type Driver = kmod_wmi_driver;
    type Row = WmiId;
    type Handle = WmiHandle;

    fn is_end(row: &WmiId) -> bool {
        row.0.guid_string[0] == 0
    }

    unsafe fn register(
        driver: *mut kmod_wmi_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [WmiId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<wmi_device_id>();
        // SAFETY: `register`'s contract is that of the C function, but for what `WmiBusDriver` has put into it.
        unsafe { bindings::kmod_wmi_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_wmi_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_wmi_driver_unregister(driver) };
    }

    unsafe fn start(device: NonNull<device>, placed: NonNull<c_void>) -> Result {
        // SAFETY: The driver is being bound to the device, and what is kept for it stays until `stop` has
        // returned (this function's contract).
        to_result(unsafe { bindings::kmod_wmi_start(device.as_ptr(), placed.as_ptr()) }).map(drop)
    }

    unsafe fn stop(device: NonNull<device>) {
        // SAFETY: `start` has returned `Ok` for it (this function's contract).
        unsafe { bindings::kmod_wmi_stop(device.as_ptr()) };
    }
}

/// What `probe` knows of a block: its name, its id, and the [`WmiHandle`] by which it is asked.
pub type WmiDevice<'a, D> = BusDevice<'a, Wmi, D>;

driver_trait! {
    /// What a driver does with the blocks that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a WMI driver",
        label = "a field under `#[wmi_driver]` is of a type that is one",
        note = "write `#[handlers] impl WmiDriver for {Self} {{ … }}`"
    )]
    trait WmiDriver for Wmi, WmiDevice with WmiHandlers;

    /// Makes the struct of a block that the driver is being bound to. No event comes before its objects are
    /// registered.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;

    more {
        /// Firmware tells of an event of the block: a worker of ACPI's calls this, in process context.
        fn notify(&self, device: &Self::Device, event: &WmiEvent<'_>) {
            let _ = (device, event);
        }
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct WmiHandlers {
    pub remove: bool,
    pub shutdown: bool,
    pub suspend: bool,
    pub resume: bool,
    pub runtime_suspend: bool,
    pub runtime_resume: bool,
    pub notify: bool,
}

impl WmiHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
        suspend: false,
        resume: false,
        runtime_suspend: false,
        runtime_resume: false,
        notify: false,
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

/// What `#[wmi_driver]` says of a field.
pub trait WmiDriverField: DriverField<Bus = Wmi, Type: WmiDriver> {}

impl<F: DriverField<Bus = Wmi, Type: WmiDriver>> WmiDriverField for F {}

/// The struct of a device where it is.
type PlacedOf<F> = Placed<<<F as Field>::Type as Driver<Wmi>>::Device>;

/// The driver of such a field.
pub struct WmiBusDriver<F: WmiDriverField> {
    driver: BusDriver<F>,
    calls: kmod_wmi_calls,
}

// SAFETY: `calls` is never changed.
unsafe impl<F: WmiDriverField> Sync for WmiBusDriver<F> {}

impl<F: WmiDriverField> WmiBusDriver<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as WmiDriver>::Module>,
    {
        let notify: Option<unsafe extern "C" fn(*mut c_void, *const acpi_object)> =
            if <F::Type as WmiDriver>::HANDLERS.notify {
                Some(wmi_notify::<F>)
            } else {
                None
            };
        Self {
            // Its module is that of the field: this function's bound.
            driver: BusDriver::unchecked(),
            calls: kmod_wmi_calls {
                notify,
                hold: Some(wmi_hold::<F>),
                closing: Some(wmi_closing::<F>),
            },
        }
    }
}

// SAFETY: It is that of `driver`; `kmod_wmi_driver_unregister()` waits for the other calls, too.
unsafe impl<F: WmiDriverField> Object for WmiBusDriver<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let driver = self.driver.kernel();
        // SAFETY: It is the driver's memory, which is not the kernel's before it is registered below.
        let wmi = unsafe { &raw mut (*driver).wmi };
        // SAFETY: It is a field of that.
        unsafe { wmi.write(&raw const self.calls) };
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.register(at) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.unregister(at) };
    }
}

/// What the kernel calls before an event is told of.
///
/// # Safety
///
/// A device of the driver `F` is bound, or being bound or unbound, and `placed` is what `start` was given for it.
unsafe extern "C" fn wmi_hold<F: WmiDriverField>(placed: *mut c_void) {
    if let Some(placed) = NonNull::new(placed) {
        // SAFETY: `start` was given it, and `stop` has not returned (this function's contract).
        unsafe { PlacedOf::<F>::hold(placed) };
    }
}

/// What a driver does when it is told of an event.
fn told<D: WmiDriver>(driver: &D, device: &<D as Driver<Wmi>>::Device, event: &WmiEvent<'_>) {
    driver.notify(device, event);
}

/// What the kernel calls for each event.
///
/// # Safety
///
/// `wmi_hold` was called for it, and `object` is null or an object that lives during the call. Process context.
unsafe extern "C" fn wmi_notify<F: WmiDriverField>(
    placed: *mut c_void,
    object: *const acpi_object,
) {
    let tell = |device: &<F::Type as Driver<Wmi>>::Device| {
        let value = (!object.is_null()).then(|| {
            // SAFETY: It is the kernel's copy of what firmware told, and lives during the call (this function's
            // contract).
            unsafe { AcpiValue::of(object) }
        });
        // SAFETY: The driver is registered: `kmod_wmi_driver_unregister()` waits for this call.
        let driver = unsafe { BusDriver::<F>::driver() };
        told(driver, device, &WmiEvent { value });
    };
    if let Some(placed) = NonNull::new(placed) {
        // SAFETY: `wmi_hold` was called for it (this function's contract), and this is the only call for that.
        unsafe { PlacedOf::<F>::enter_held(placed, tell) };
    }
}

/// What the kernel calls before it unbinds a device.
///
/// # Safety
///
/// `placed` is what `start` was given for a device of the driver `F`, which is about to be unbound.
unsafe extern "C" fn wmi_closing<F: WmiDriverField>(placed: *mut c_void) {
    if let Some(placed) = NonNull::new(placed) {
        // SAFETY: `start` was given it, and the device is about to be unbound (this function's contract).
        unsafe { PlacedOf::<F>::shut_early(placed) };
    }
}
