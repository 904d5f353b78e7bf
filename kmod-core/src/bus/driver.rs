// SPDX-License-Identifier: GPL-2.0-only
//! The object that a driver is, and what the driver core calls.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_ulong, c_void};
use core::marker::PhantomData;
use core::mem::{self, MaybeUninit};
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, kmod_driver_calls};

use super::{BusDevice, Handle};
use crate::driver::{Binding, Power};
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::instance::{Around, At, Device, Field, ModuleState, Object, Provides};
use crate::module::Module;
use crate::sync::Shared;

/// A bus with drivers that have a table of ids.
///
/// # Safety
///
/// [`register`](Bus::register) has the calls made for devices of the bus that have one of the ids, each in
/// process context, with a device that lives until it is unbound and the number in the id's row; `probe`
/// binds, `remove` unbinds a device that `probe` has bound, and `shutdown` and those of power are called for
/// one that is bound, with the device's lock but for those of runtime power management. After [`unregister`](Bus::unregister) none of them runs, and none will.
pub unsafe trait Bus: Sized + 'static {
    /// The kernel's driver. It is good when all its bytes are zero.
    #[doc(hidden)]
    type Driver: 'static;

    /// A row of the table of ids.
    #[doc(hidden)]
    type Row: Sync + 'static;

    /// What a device of it is used by.
    type Handle: Handle;

    /// Whether a row ends the table.
    #[doc(hidden)]
    fn is_end(row: &Self::Row) -> bool;

    /// Registers a driver.
    ///
    /// # Safety
    ///
    /// `driver` is not registered. It, the calls, the name and the ids, which have an end, stay until it
    /// was unregistered.
    #[doc(hidden)]
    unsafe fn register(
        driver: *mut Self::Driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [Self::Row],
    ) -> c_int;

    /// Takes it back.
    ///
    /// # Safety
    ///
    /// It is registered.
    #[doc(hidden)]
    unsafe fn unregister(driver: *mut Self::Driver);

    /// What comes before a device's objects are registered: its struct is in place, and `placed` is what its
    /// driver is going to keep with it.
    ///
    /// # Errors
    ///
    /// Any: nothing is left then, and the driver is not bound.
    ///
    /// # Safety
    ///
    /// The driver is being bound to `device`, and what `placed` points to stays until
    /// [`stop`](Bus::stop) has returned.
    #[doc(hidden)]
    unsafe fn start(device: NonNull<device>, placed: NonNull<c_void>) -> Result {
        let _ = (device, placed);
        Ok(())
    }

    /// What comes after they were unregistered.
    ///
    /// # Safety
    ///
    /// The driver is being bound to `device`, or unbound from it, and [`start`](Bus::start) has returned
    /// `Ok`.
    #[doc(hidden)]
    unsafe fn stop(device: NonNull<device>) {
        let _ = device;
    }

    /// What comes when the device's handles were shut and nobody is inside it any more, before its driver's
    /// `remove`.
    ///
    /// # Safety
    ///
    /// The driver is being unbound from `device`.
    #[doc(hidden)]
    unsafe fn quiet(device: NonNull<device>) {
        let _ = device;
    }
}

/// A bus with devices that can have DMA.
pub trait DmaBus: Bus {}

/// A driver, whatever its bus: each type has this whose trait is that of a bus's drivers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a driver for this bus",
    label = "a field under the attribute of a driver is of a type that is one",
    note = "write `#[handlers] impl … for {Self} {{ … }}` of the trait of the bus's drivers"
)]
pub trait Driver<B: Bus>: Sized + Shared {
    /// The module whose state the driver uses.
    type Module: ModuleState;
    /// The struct of a device.
    type Device: Device;
    /// What `ids` say of each id.
    type Id: Sync + 'static;
    /// Which handlers there are.
    #[doc(hidden)]
    const HANDLERS: DriverHandlers;

    /// Makes the struct of a device that the driver is being bound to.
    ///
    /// # Errors
    ///
    /// Any: the driver is not bound then.
    fn probe(&self, device: &BusDevice<'_, B, Self>) -> Result<Self::Device>;

    /// The device is being taken away.
    fn remove(&self, device: &Self::Device);

    /// The machine is being shut down or rebooted.
    fn shutdown(&self, device: &Self::Device);

    /// The system goes to sleep.
    ///
    /// # Errors
    ///
    /// Any: it does not.
    fn suspend(&self, device: &Self::Device) -> Result;

    /// The system has slept.
    ///
    /// # Errors
    ///
    /// Any, which the kernel logs.
    fn resume(&self, device: &Self::Device) -> Result;

    /// Nobody uses the device.
    ///
    /// # Errors
    ///
    /// Any: it stays on.
    fn runtime_suspend(&self, device: &Self::Device) -> Result;

    /// Somebody wants to use the device.
    ///
    /// # Errors
    ///
    /// Any, which is told who wants to.
    fn runtime_resume(&self, device: &Self::Device) -> Result;
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct DriverHandlers {
    pub remove: bool,
    pub shutdown: bool,
    pub suspend: bool,
    pub resume: bool,
    pub runtime_suspend: bool,
    pub runtime_resume: bool,
}

impl DriverHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
        suspend: false,
        resume: false,
        runtime_suspend: false,
        runtime_resume: false,
    };

    /// Those that drivers of all buses have: they.
    pub(crate) const fn of_all(self) -> Self {
        self
    }

    /// Whether one of runtime power management is there.
    const fn runtime(&self) -> bool {
        self.runtime_suspend || self.runtime_resume
    }
}

/// What the field of a driver says of the struct of its devices: that there is a driver for it.
/// `#[device]` gives a struct a constant of this name, which is found before this one, and which the
/// compiler reports if nobody uses it. This is for what is no `#[device]`, so that no more is said of that
/// than that it is none.
#[doc(hidden)]
pub trait MadeElsewhere {
    /// Nothing.
    const MADE_BY_A_DRIVER: () = ();
}

impl<T: ?Sized> MadeElsewhere for T {}

/// A field under the attribute of a driver for the bus [`Bus`](DriverField::Bus).
pub trait DriverField: Field<Instance: Module, Type: Driver<Self::Bus>> {
    /// The bus.
    type Bus: Bus;
    /// The driver's name.
    const NAME: &'static CStr;
    /// The table of its ids, with its end.
    const IDS: &'static [<Self::Bus as Bus>::Row];
    /// What is said of each of them.
    const DATA: &'static [<Self::Type as Driver<Self::Bus>>::Id];
}

/// The type of a driver.
type Type<F> = <F as Field>::Type;

/// The struct of its devices.
type DeviceOf<F> = <Type<F> as Driver<<F as DriverField>::Bus>>::Device;

/// They, as all drivers have them.
type Devices<F> = Binding<<F as Field>::Instance, DeviceOf<F>>;

/// What a bus does around the objects of a device of it, which is being bound or unbound.
struct AroundOn<B> {
    device: NonNull<device>,
    bus: PhantomData<fn() -> B>,
}

impl<B> AroundOn<B> {
    fn new(device: NonNull<device>) -> Self {
        let bus = PhantomData;
        Self { device, bus }
    }
}

impl<B: Bus> Around for AroundOn<B> {
    unsafe fn start(&self, placed: NonNull<c_void>) -> Result {
        // SAFETY: The driver is being bound to the device, and what `placed` points to stays until `stop` has
        // returned (this function's contract).
        unsafe { B::start(self.device, placed) }
    }

    unsafe fn stop(&self) {
        // SAFETY: The driver is being bound to the device or unbound from it, and `start` has returned `Ok`
        // (this function's contract).
        unsafe { B::stop(self.device) };
    }
}

/// The driver of such a field.
pub struct BusDriver<F: DriverField> {
    /// The kernel's from `register` to `unregister`.
    driver: UnsafeCell<MaybeUninit<<F::Bus as Bus>::Driver>>,
    calls: UnsafeCell<kmod_driver_calls>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F: DriverField> Sync for BusDriver<F> {}

impl<F: DriverField> BusDriver<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as Driver<F::Bus>>::Module>,
    {
        Self::unchecked()
    }

    /// Not registered yet. Whoever calls it sees to it that the driver's module is that of the field.
    pub(crate) const fn unchecked() -> Self {
        /// The function, or `NULL` for a handler that is absent.
        macro_rules! slots {
            ($($handler:ident)*) => {
                kmod_driver_calls {
                    probe: Some(Self::probe),
                    remove: Some(Self::remove),
                    $($handler: if F::Type::HANDLERS.$handler {
                        Some(Self::$handler)
                    } else {
                        None
                    },)*
                    // SAFETY: The rest are C structs that are made when the driver is registered.
                    ..unsafe { mem::zeroed() }
                }
            };
        }
        let calls = slots!(shutdown suspend resume runtime_suspend runtime_resume);
        Self {
            driver: UnsafeCell::new(MaybeUninit::zeroed()),
            calls: UnsafeCell::new(calls),
        }
    }

    /// The kernel's driver: its memory, which is the kernel's while it is registered.
    pub(crate) fn kernel(&self) -> *mut <F::Bus as Bus>::Driver {
        self.driver.get().cast()
    }

    /// The driver.
    ///
    /// # Safety
    ///
    /// Only within its callbacks.
    pub(crate) unsafe fn driver<'a>() -> &'a Type<F> {
        // SAFETY: The driver is a registered object of the module.
        let module = unsafe { F::Instance::slot().get() };
        crate::instance::field::<F>(module)
    }

    /// Calls `f` with the driver and the struct of a device, if it has one.
    ///
    /// # Safety
    ///
    /// This is a callback of the driver for `device`, during which its struct is not dropped.
    pub(crate) unsafe fn with<R>(
        device: *mut device,
        f: impl FnOnce(&Type<F>, &DeviceOf<F>) -> R,
    ) -> Option<R> {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The device lives, and its struct is not dropped meanwhile (this function's contract).
        let state = unsafe { Devices::<F>::state(device) }?;
        Some(f(driver, state))
    }

    /// Calls a handler inside the struct of a device, if that has one.
    ///
    /// # Safety
    ///
    /// This is a callback of the driver for `device`, in process context and with the device's lock.
    pub(crate) unsafe fn enter(device: *mut device, handler: impl FnOnce(&Type<F>, &DeviceOf<F>)) {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        let call = |state: &DeviceOf<F>| {
            handler(driver, state);
            Ok(())
        };
        // SAFETY: The kernel calls it with the device's lock, which `remove` takes, too (this function's contract).
        let _: c_int = unsafe { Devices::<F>::power(device, Power::Sleep, call) };
    }

    unsafe extern "C" fn probe(
        device: *mut device,
        calls: *mut kmod_driver_calls,
        data: c_ulong,
    ) -> c_int {
        // It comes from the table, or from whoever could say more by sysfs.
        let id = usize::try_from(data).ok().and_then(|n| F::DATA.get(n));
        let (Some(found), Some(id)) = (NonNull::new(device), id) else {
            return EINVAL.to_errno();
        };
        let make = |index| {
            // SAFETY: The kernel binds the driver to this device.
            let context = unsafe { BusDevice::new(found, index, id) }?;
            // SAFETY: This is a callback of the driver.
            unsafe { Self::driver() }.probe(&context)
        };
        // SAFETY: The driver is registered, since it is being bound.
        let indices = unsafe { &raw mut (*calls).indices };
        // SAFETY: The device lives.
        unsafe { bindings::kmod_driver_power_hold(device) };
        // SAFETY: The kernel binds the driver to this device; its numbers are for that.
        let error =
            unsafe { Devices::<F>::probe(device, indices, make, &AroundOn::<F::Bus>::new(found)) };
        // SAFETY: It was held above. The driver core looks next whether somebody uses it.
        unsafe { bindings::kmod_driver_power_release(device) };
        error
    }

    unsafe extern "C" fn remove(device: *mut device, calls: *mut kmod_driver_calls) {
        let runtime = F::Type::HANDLERS.runtime();
        if runtime {
            // SAFETY: The device lives.
            unsafe { bindings::kmod_driver_power_wake(device) };
        }
        let last = |state: &DeviceOf<F>| {
            if let Some(found) = NonNull::new(device) {
                // SAFETY: The kernel unbinds the driver from this device.
                unsafe { F::Bus::quiet(found) };
            }
            if F::Type::HANDLERS.remove {
                // SAFETY: This is a callback of the driver.
                unsafe { Self::driver() }.remove(state);
            }
            if runtime {
                // What the struct is dropped for, no callback looks at any more.
                // SAFETY: The device lives.
                unsafe { bindings::kmod_driver_power_stop(device) };
            }
        };
        // SAFETY: The driver is registered, since it is bound.
        let indices = unsafe { &raw mut (*calls).indices };
        if let Some(found) = NonNull::new(device) {
            // SAFETY: The kernel unbinds the driver from this device, to which `probe` bound it.
            unsafe { Devices::<F>::remove(device, indices, last, &AroundOn::<F::Bus>::new(found)) };
        }
        if runtime {
            // SAFETY: It was woken and stopped above, and its driver keeps nothing with it any more.
            unsafe { bindings::kmod_driver_power_end(device) };
        }
    }

    unsafe extern "C" fn shutdown(device: *mut device) {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The kernel calls it with the device's lock, for one that the driver is bound to (`Bus`'s
        // contract).
        unsafe { Devices::<F>::shutdown(device, |state| driver.shutdown(state)) };
    }

    unsafe extern "C" fn suspend(device: *mut device) -> c_int {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The kernel calls it with the device's lock, which `remove` takes, too (`Bus`'s contract).
        unsafe { Devices::<F>::power(device, Power::Sleep, |state| driver.suspend(state)) }
    }

    unsafe extern "C" fn resume(device: *mut device) -> c_int {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The kernel calls it with the device's lock, which `remove` takes, too (`Bus`'s contract).
        unsafe { Devices::<F>::power(device, Power::Sleep, |state| driver.resume(state)) }
    }

    unsafe extern "C" fn runtime_suspend(device: *mut device) -> c_int {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The kernel calls it for the driver's device, and `remove` ends and waits for such calls before the
        // struct is dropped.
        unsafe {
            Devices::<F>::power(device, Power::Runtime, |state| {
                driver.runtime_suspend(state)
            })
        }
    }

    unsafe extern "C" fn runtime_resume(device: *mut device) -> c_int {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The kernel calls it for the driver's device, and `remove` ends and waits for such calls before the
        // struct is dropped.
        unsafe { Devices::<F>::power(device, Power::Runtime, |state| driver.runtime_resume(state)) }
    }
}

// SAFETY: After `Bus::unregister` no callback of the driver runs, and none will: `Bus`'s contract.
unsafe impl<F: DriverField> Object for BusDriver<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        if !F::IDS.last().is_some_and(F::Bus::is_end) {
            return Err(EINVAL);
        }
        let (driver, calls) = (self.driver.get().cast(), self.calls.get());
        // SAFETY: All of it stays until it was unregistered (the caller's promise), and the ids have an
        // end (above).
        to_result(unsafe { F::Bus::register(driver, calls, F::NAME, F::IDS) })?;
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { F::Bus::unregister(self.driver.get().cast()) };
    }
}
