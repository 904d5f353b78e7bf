// SPDX-License-Identifier: GPL-2.0-only
//! Batteries and what charges them: the kernel's `struct power_supply`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has a battery
//! #[kernel_module(name = "cell", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "cell", devices = 1)]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Board;
//!
//!     fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Board> {
//!         Ok(Board::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Board {
//!     #[power_supply(
//!         name = "cell",
//!         kind = battery,
//!         properties(status, present, capacity, rw(charge_control_end_threshold)),
//!         manufacturer = "Somebody",
//!     )]
//!     cell: PowerSupply<Cell>,
//! }
//!
//! #[derive(Default)]
//! struct Cell {
//!     end: AtomicI32,
//! }
//!
//! #[handlers]
//! impl PowerSupplyOps for Cell {
//!     fn get_property(
//!         &self,
//!         _supply: &PowerSupplyCall<'_, Self>,
//!         property: PowerSupplyProperty,
//!     ) -> Result<i32> {
//!         match property {
//!             PowerSupplyProperty::Status => Ok(power_supply::STATUS_CHARGING),
//!             PowerSupplyProperty::Present => Ok(1),
//!             PowerSupplyProperty::Capacity => Ok(42),
//!             PowerSupplyProperty::ChargeControlEndThreshold => Ok(self.end.load(Ordering::Relaxed)),
//!             _ => Err(EINVAL),
//!         }
//!     }
//!
//!     fn set_property(
//!         &self,
//!         supply: &PowerSupplyCall<'_, Self>,
//!         _property: PowerSupplyProperty,
//!         value: i32,
//!     ) -> Result {
//!         if !(1..=100).contains(&value) {
//!             return Err(EINVAL);
//!         }
//!         self.end.store(value, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

mod values;

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_uint, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use kmod_bindings::{
    self as bindings, kmod_power_supply, kmod_power_supply_ops, kmod_power_supply_plan,
};

pub use values::*;

use super::{ClassDevice, call, entered, to_int};
use crate::chrdev::NodeName;
use crate::error::code::{EINVAL, ENODEV};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What is known of a supply, and can be set; in process context. Several may call at once.
///
/// Values are in the kernel's units: millionths of a volt, an ampere, a watt and their hours, tenths of a degree,
/// seconds, percent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is known of a supply",
    label = "a supply's handler says so",
    note = "write `#[handlers] impl PowerSupplyOps for {Self} {{ fn get_property(…) -> Result<i32> {{ … }} }}`"
)]
pub trait PowerSupplyOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The device's struct of which the supply is a field, if the handler uses it; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: PowerSupplyHandlers;

    /// The value of a property that was declared.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with; `ENODATA` says that there is no value now, and the kernel leaves the
    /// property out of what it tells.
    fn get_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        property: PowerSupplyProperty,
    ) -> Result<i32>;

    /// Takes a value for a property that was declared as `rw`, which may be any number.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn set_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        let _ = (supply, property, value);
        Err(EINVAL)
    }
}

/// Which handlers of [`PowerSupplyOps`] are there.
#[doc(hidden)]
pub struct PowerSupplyHandlers {
    pub set_property: bool,
}

impl PowerSupplyHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        set_property: false,
    };
}

call! {
    /// What a supply's handlers may reach.
    PowerSupplyCall of PowerSupplyOps
}

/// A battery, or what charges it, with its handler: a field under `#[power_supply]`.
///
/// # Invariants
///
/// `supply` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct PowerSupply<H> {
    supply: UnsafeCell<MaybeUninit<kmod_power_supply>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for PowerSupply<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for PowerSupply<H> {}

impl<H> PowerSupply<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            supply: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Says that a property has changed: the kernel's `power_supply_changed()`. The kernel reads all of them by a
    /// work, and tells user space. It may be called anywhere, and does nothing while the supply is not
    /// registered.
    pub fn changed(&self) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_power_supply_changed(self.as_ptr()) };
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_power_supply {
        self.supply.get().cast()
    }
}

impl<H: Default> Default for PowerSupply<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[power_supply]` says of a field.
pub trait PowerSupplyField: Field {
    /// Its name in `/sys/class/power_supply`.
    const NAME: NodeName;
    /// What it is.
    const KIND: u32;
    /// What is known of it: first what can be set.
    const PROPERTIES: &'static [PowerSupplyProperty];
    /// How many of them can be set.
    const WRITABLE: u32 = 0;
    /// The text `model_name`.
    const MODEL_NAME: Option<&'static CStr> = None;
    /// The text `manufacturer`.
    const MANUFACTURER: Option<&'static CStr> = None;
    /// The text `serial_number`.
    const SERIAL_NUMBER: Option<&'static CStr> = None;
}

/// The kind of this name, of those that `#[power_supply(kind = …)]` takes.
pub const fn power_supply_kind(name: &str) -> u32 {
    match name.as_bytes() {
        b"battery" => bindings::KMOD_PSY_BATTERY,
        b"ups" => bindings::KMOD_PSY_UPS,
        b"usb" => bindings::KMOD_PSY_USB,
        b"wireless" => bindings::KMOD_PSY_WIRELESS,
        _ => bindings::KMOD_PSY_MAINS,
    }
}

/// A text for C.
fn text(text: Option<&'static CStr>) -> *const core::ffi::c_char {
    text.map_or(ptr::null(), CStr::as_ptr)
}

// SAFETY: What tells of a change passes the gate that `close` shuts; `kmod_power_supply_end()` is
// `power_supply_unregister()`, which takes the supply's files away and ends its works, and then waits until nobody
// has a reference to it any more, without which nobody calls its functions.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for PowerSupply<H>
where
    H: PowerSupplyOps,
    F: PowerSupplyField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.set_property || F::WRITABLE == 0,
                "properties that are written need a `set_property`"
            );
        }
        let plan = kmod_power_supply_plan {
            name: super::name(const { &F::NAME }, at),
            type_: F::KIND,
            properties: F::PROPERTIES.as_ptr().cast(),
            count: const { F::PROPERTIES.len() as c_uint },
            writable: F::WRITABLE,
            model_name: text(F::MODEL_NAME),
            manufacturer: text(F::MANUFACTURER),
            serial_number: text(F::SERIAL_NUMBER),
        };
        // Kernels warn of a supply without a parent.
        let parent = at.parent().ok_or(ENODEV)?;
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            &kmod_power_supply_ops {
                get_property: Some(get_property::<H, F>),
                set_property: if H::HANDLERS.set_property {
                    Some(set_property::<H, F>)
                } else {
                    None
                },
            }
        };
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made. The texts, the properties (each a byte, by `repr`) and the functions are static,
        // and the functions are for this field; the value stays until it was unregistered (`register`'s
        // contract).
        to_result(unsafe {
            bindings::kmod_power_supply_make(self.as_ptr(), parent, &plan, ops, data)
        })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (`close`'s contract).
        unsafe { bindings::kmod_power_supply_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_power_supply_end(self.as_ptr()) };
    }
}

/// # Safety
///
/// The kernel calls it with the data that the supply was registered with, in process context; `value` may be
/// written.
unsafe extern "C" fn get_property<H, F>(
    data: *mut c_void,
    property: c_uint,
    value: *mut c_int,
) -> c_int
where
    H: PowerSupplyOps,
    F: Field<Type = PowerSupply<H>, Instance: Belongs<H::Instance>>,
{
    let Some(property) = PowerSupplyProperty::of(property) else {
        return EINVAL.to_errno();
    };
    let get = |supply: &PowerSupply<H>, instance: &F::Instance| {
        let call = PowerSupplyCall::new(instance);
        supply.handler.get_property(&call, property)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    match unsafe { entered::<F, _>(data, get) } {
        Ok(got) => {
            // SAFETY: It may be written (this function's contract).
            unsafe { value.write(got) };
            0
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`get_property`], without a `value` to write.
unsafe extern "C" fn set_property<H, F>(data: *mut c_void, property: c_uint, value: c_int) -> c_int
where
    H: PowerSupplyOps,
    F: Field<Type = PowerSupply<H>, Instance: Belongs<H::Instance>>,
{
    let Some(property) = PowerSupplyProperty::of(property) else {
        return EINVAL.to_errno();
    };
    let set = |supply: &PowerSupply<H>, instance: &F::Instance| {
        let call = PowerSupplyCall::new(instance);
        supply.handler.set_property(&call, property, value)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}
