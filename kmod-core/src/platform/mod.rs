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

mod ids;

use core::cell::Cell;
use core::ffi::{CStr, c_int};
use core::ptr::NonNull;

use kmod_bindings::{
    self as bindings, device, kmod_driver_calls, kmod_platform_driver, platform_device,
};

use crate::alloc::{GFP_KERNEL, KVec};
use crate::bus::{
    Bus, BusDevice, BusDriver, DmaBus, Driver, DriverField, Handle, Pointer, driver_trait,
};
use crate::error::code::{EINVAL, ENODEV};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Object, Provides};

#[doc(hidden)]
pub use ids::{OfId, PlatformId, PlatformIds};

/// The bus.
pub struct Platform;

// SAFETY: `platform_driver_unregister()` unbinds all devices, and waits for that; `probe` of C looks the row up in
// the tables, and the number is that of the first one where it may bind what is in none of them.
unsafe impl Bus for Platform {
    type Driver = kmod_platform_driver;
    type Row = PlatformIds;
    type Handle = PlatformHandle;

    fn is_end(_ids: &PlatformIds) -> bool {
        // A driver has one of these, whose tables have ends (its invariant).
        true
    }

    unsafe fn register(
        driver: *mut kmod_platform_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [PlatformIds],
    ) -> c_int {
        let [ids] = ids else {
            return EINVAL.to_errno();
        };
        let ids = ids.tables();
        // SAFETY: `register`'s contract is that of the C function, which copies what says where the ids are.
        unsafe {
            bindings::kmod_platform_driver_register(driver, calls, name.as_ptr(), &raw const ids)
        }
    }

    unsafe fn unregister(driver: *mut kmod_platform_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_platform_driver_unregister(driver) };
    }
}

impl DmaBus for Platform {}

/// What a platform device is known by: a field under [`#[bus]`](macro@crate::bus). `probe` has it, too:
/// [`PlatformDevice`].
pub struct PlatformHandle(Pointer<platform_device>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for PlatformHandle {
    fn closed() -> Self {
        Self::new()
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let device = unsafe { bindings::kmod_platform_of(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(device) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for PlatformHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl PlatformHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// The number in the device's name; `None` if it has none, or the device is not bound.
    pub fn number(&self) -> Option<u32> {
        let device = self.0.get().ok()?;
        // SAFETY: The device lives during this call (`Pointer`'s invariant).
        let number = unsafe { bindings::kmod_platform_id(device) };
        u32::try_from(number).ok()
    }
}

/// What `probe` knows of a device: its name, and the number in it, by [`PlatformHandle`].
pub type PlatformDevice<'a, D> = BusDevice<'a, Platform, D>;

driver_trait! {
    /// What a driver does with the devices that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a platform driver",
        label = "a field under `#[platform_driver]` is of a type that is one",
        note = "write `#[handlers] impl PlatformDriver for {Self} {{ … }}`"
    )]
    trait PlatformDriver for Platform, PlatformDevice;

    /// Makes the struct of a device that the driver is being bound to.
    fn probe;

    /// What `ids`, `acpi` and `of` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;
}

/// A field under `#[platform_driver]`.
pub trait PlatformField: DriverField {
    /// How many devices the module makes itself.
    const DEVICES: u32 = 0;

    /// Whether this is one of the machines that the driver is for.
    fn is_machine() -> bool {
        true
    }
}

/// The driver of a field under `#[platform_driver]`, with the module's own devices.
///
/// # Invariants
///
/// `devices` are those that the module has made, while registered. Only `register` and `unregister`
/// touch it.
pub struct PlatformObject<F: PlatformField> {
    driver: BusDriver<F>,
    devices: Cell<KVec<NonNull<platform_device>>>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F: PlatformField> Sync for PlatformObject<F> {}

impl<F: PlatformField> PlatformObject<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as Driver<F::Bus>>::Module>,
    {
        Self {
            driver: BusDriver::new(),
            devices: Cell::new(KVec::new()),
        }
    }

    /// Makes the module's own devices.
    fn make_devices(&self) -> Result {
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

    /// Takes them back.
    fn end(&self) {
        let mut devices = self.devices.take();
        while let Some(device) = devices.pop() {
            // SAFETY: `make_devices` made it (invariant).
            unsafe { bindings::platform_device_unregister(device.as_ptr()) };
        }
    }
}

// SAFETY: That of the driver is `BusDriver`'s. The devices are the kernel's own memory, and freed by its own
// function.
unsafe impl<F: PlatformField> Object for PlatformObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        if !F::is_machine() {
            return Err(ENODEV);
        }
        // SAFETY: The caller's promise is that of the driver, which is a part of the object.
        unsafe { self.driver.register(at) }?;
        self.make_devices().inspect_err(|_| {
            // SAFETY: The driver has just been registered, with the same `at`.
            unsafe { self.unregister(at) };
        })
    }

    unsafe fn unregister(&self, at: &At) {
        self.end();
        // SAFETY: It is registered, with the same `at` (the caller's promise).
        unsafe { self.driver.unregister(at) };
    }
}
