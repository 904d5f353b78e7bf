// SPDX-License-Identifier: GPL-2.0-only
//! Platform drivers: for devices that no bus tells of, but firmware, a board's code, or the module
//! itself.
//!
//! A driver is a field under `#[platform_driver]`. Its `probe` makes a struct under `#[device]` for each
//! device that it is bound to. That struct's fields are what the device has: nodes, timers, works,
//! state. The device may be taken away at any time, by `unbind` in sysfs or with the module: what that
//! means is told in [`instance`](crate::instance).
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Two devices that count how often they are read
//! #[kernel_module(name = "counters", license = "GPL")]
//! #[derive(Default)]
//! struct Counters {
//!     #[platform_driver(devices = 2)]
//!     counters: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Counter;
//!
//!     fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Counter> {
//!         pr_info!("{} is there", device.name());
//!         Ok(Counter::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Counter {
//!     /// /dev/counter0, /dev/counter1
//!     #[misc(name = "counter{index}", mode = 0o444)]
//!     node: Node,
//!     count: AtomicU32,
//! }
//!
//! #[derive(Default)]
//! struct Node;
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Counter;
//!
//!     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         writeln!(to, "{}", file.instance().count.fetch_add(1, Ordering::Relaxed))
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::{Cell, UnsafeCell};
use core::ffi::{CStr, c_int};
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, kmod_platform_driver, platform_device};

use crate::alloc::{GFP_KERNEL, KVec};
use crate::dma;
use crate::driver::{self, Binding};
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr, to_result};
use crate::instance::{At, Device, Field, ModuleState, Object, Provides};
use crate::module::Module;
use crate::print::HasDevice;
use crate::sync::Shared;

/// What a driver does with the devices that it is bound to, in process context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a platform driver",
    label = "a field under `#[platform_driver]` is of a type that is one",
    note = "write `#[handlers] impl PlatformDriver for {Self} {{ … }}`"
)]
pub trait PlatformDriver: Sized + Shared {
    /// The module whose state the driver uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of a device, under [`#[device]`](macro@crate::device).
    type Device: Device;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: PlatformHandlers;

    /// Makes the struct of a device that the driver is being bound to. None of its objects is registered
    /// yet; they are, in field order, once this returns.
    ///
    /// # Errors
    ///
    /// Any: the driver is not bound then. `ENODEV` and `ENXIO` say that the device is none for this
    /// driver; `EPROBE_DEFER` has it called once more, later. Others the kernel logs.
    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Self::Device>;

    /// The device is being taken away: nothing else of it runs any more, and nothing will; its objects
    /// are still registered.
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
pub struct PlatformHandlers {
    pub remove: bool,
    pub shutdown: bool,
}

impl PlatformHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
    };
}

/// The kernel's device that a driver is being bound to.
///
/// # Invariants
///
/// `device` lives as long as the call of `probe`, which the value does not outlive.
pub struct PlatformDevice<'a, D: PlatformDriver> {
    device: NonNull<platform_device>,
    index: u32,
    driver: PhantomData<&'a D>,
}

impl<'a, D: PlatformDriver> PlatformDevice<'a, D> {
    /// Its name, by which sysfs knows it: `dev_name()`.
    pub fn name(&self) -> &'a str {
        // SAFETY: The device lives (invariant).
        let device = unsafe { bindings::kmod_platform_dev(self.device.as_ptr()) };
        // SAFETY: It lives as long as the value (invariant), and platform devices are never renamed.
        unsafe { driver::name(device) }
    }

    /// The number in its name, if it has one.
    pub fn id(&self) -> Option<u32> {
        // SAFETY: The device lives (invariant).
        let id = unsafe { bindings::kmod_platform_id(self.device.as_ptr()) };
        u32::try_from(id).ok()
    }

    /// Which one of the driver's devices it is: the smallest number, from 0 on, that no other has now.
    /// It is what `{index}` in the names of the device's nodes stands for.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Says how many bits the addresses have that the device can take for [DMA](mod@crate::dma), 1 to 64; 32
    /// if nothing is said.
    ///
    /// # Errors
    ///
    /// `EIO` if the machine has no memory for so few, `EINVAL` if it is no number of bits.
    pub fn dma_set_mask(&self, bits: u8) -> Result {
        // SAFETY: The device lives (invariant).
        let device = unsafe { bindings::kmod_platform_dev(self.device.as_ptr()) };
        let device = NonNull::new(device).ok_or(ENODEV)?;
        // SAFETY: It lives, and this is within its `probe`.
        unsafe { dma::set_mask(device, bits) }
    }

    /// The state of the module.
    pub fn module(&self) -> &'a D::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { D::Module::state() }
    }
}

// SAFETY: The device lives as long as the value (invariant).
unsafe impl<D: PlatformDriver> HasDevice for PlatformDevice<'_, D> {
    fn device(&self) -> *const device {
        // SAFETY: The device lives (invariant).
        unsafe { bindings::kmod_platform_dev(self.device.as_ptr()) }
    }
}

/// A field under `#[platform_driver]`.
pub trait PlatformField: Field<Instance: Module, Type: PlatformDriver> {
    /// The driver's name; it is bound to devices of this name.
    const NAME: &'static CStr;
    /// How many devices the module makes itself.
    const DEVICES: u32 = 0;
}

/// The type of a driver.
type Driver<F> = <F as Field>::Type;

/// The struct of its devices.
type DeviceOf<F> = <Driver<F> as PlatformDriver>::Device;

/// They, as all drivers have them.
type Devices<F> = Binding<<F as Field>::Instance, DeviceOf<F>>;

/// The driver of a field under `#[platform_driver]`.
///
/// # Invariants
///
/// `devices` are those that the module has made, while registered. Only `register` and `unregister`
/// touch it.
pub struct Platform<F> {
    /// The kernel's from `register` to `unregister`.
    driver: UnsafeCell<kmod_platform_driver>,
    devices: Cell<KVec<NonNull<platform_device>>>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F> Sync for Platform<F> {}

impl<F: PlatformField> Platform<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as PlatformDriver>::Module>,
    {
        let driver = kmod_platform_driver {
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
            devices: Cell::new(KVec::new()),
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
        device: *mut platform_device,
        driver: *mut kmod_platform_driver,
    ) -> c_int {
        let Some(found) = NonNull::new(device) else {
            return 0;
        };
        let make = |index| {
            let context = PlatformDevice {
                device: found,
                index,
                driver: PhantomData,
            };
            // SAFETY: This is a callback of the driver.
            unsafe { Self::driver() }.probe(&context)
        };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_platform_dev(device) };
        // SAFETY: The driver is registered, since it is being bound.
        let indices = unsafe { &raw mut (*driver).indices };
        // SAFETY: The kernel binds the driver to this device; its numbers are for that.
        unsafe { Devices::<F>::probe(device, indices, make) }
    }

    unsafe extern "C" fn remove(device: *mut platform_device, driver: *mut kmod_platform_driver) {
        let last = |state: &DeviceOf<F>| {
            if F::Type::HANDLERS.remove {
                // SAFETY: This is a callback of the driver.
                unsafe { Self::driver() }.remove(state);
            }
        };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_platform_dev(device) };
        // SAFETY: The driver is registered, since it is bound.
        let indices = unsafe { &raw mut (*driver).indices };
        // SAFETY: The kernel unbinds the driver from this device, to which `probe` bound it.
        unsafe { Devices::<F>::remove(device, indices, last) };
    }

    unsafe extern "C" fn shutdown(device: *mut platform_device) {
        // SAFETY: This is a callback of the driver.
        let driver = unsafe { Self::driver() };
        // SAFETY: The device lives.
        let device = unsafe { bindings::kmod_platform_dev(device) };
        // SAFETY: The kernel calls it with the device's lock, for one that the driver is bound to.
        unsafe { Devices::<F>::shutdown(device, |state| driver.shutdown(state)) };
    }

    /// Makes the module's own devices.
    ///
    /// # Safety
    ///
    /// The driver is registered.
    unsafe fn make_devices(&self) -> Result {
        let mut devices = KVec::new();
        let made = (0..F::DEVICES).try_for_each(|id| {
            // The only one has no number.
            let id = if F::DEVICES == 1 {
                -1
            } else {
                c_int::try_from(id)?
            };
            devices.reserve(1, GFP_KERNEL)?;
            // SAFETY: The name is a string, which the kernel copies.
            let device = unsafe { bindings::kmod_platform_device_create(F::NAME.as_ptr(), id) };
            Ok(devices.push(from_err_ptr(device)?, GFP_KERNEL)?)
        });
        // INVARIANT: They were made above.
        self.devices.set(devices);
        made
    }

    /// Takes the driver and the module's own devices back.
    ///
    /// # Safety
    ///
    /// The driver is registered.
    unsafe fn end(&self) {
        let mut devices = self.devices.take();
        while let Some(device) = devices.pop() {
            // SAFETY: `make_devices` made it (invariant).
            unsafe { bindings::platform_device_unregister(device.as_ptr()) };
        }
        // SAFETY: The driver is registered (the caller's promise).
        unsafe { bindings::kmod_platform_driver_unregister(self.driver.get()) };
    }
}

// SAFETY: `platform_driver_unregister()` unbinds all devices, and waits for that; after it no callback
// of the driver runs. The devices are the kernel's own memory, and freed by its own function.
unsafe impl<F: PlatformField> Object for Platform<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        let driver = self.driver.get();
        // SAFETY: It is complete and stays until it was unregistered (the caller's promise).
        to_result(unsafe { bindings::kmod_platform_driver_register(driver, F::NAME.as_ptr()) })?;
        // SAFETY: The driver has just been registered.
        unsafe { self.make_devices() }.inspect_err(|_| {
            // SAFETY: The driver is registered, and what devices there are were made by
            // `make_devices`.
            unsafe { self.end() };
        })
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { self.end() };
    }
}

// A `kmod_platform_driver` is found by its `struct platform_driver`, its first field.
#[cfg(target_os = "none")]
const _: () = assert!(mem::offset_of!(kmod_platform_driver, driver) == 0);
