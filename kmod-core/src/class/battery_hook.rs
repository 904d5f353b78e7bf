// SPDX-License-Identifier: GPL-2.0-only
//! Files on the batteries that the kernel drives itself, by ACPI: the kernel's `struct acpi_battery_hook`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Says where charging ends
//! #[kernel_module(name = "ends", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     /// /sys/class/power_supply/BAT0/charge_control_end_threshold
//!     #[battery_hook(properties(rw(charge_control_end_threshold)))]
//!     ends: BatteryHook<Ends>,
//! }
//!
//! #[derive(Default)]
//! struct Ends(AtomicI32);
//!
//! #[handlers]
//! impl BatteryHookOps for Ends {
//!     fn get_property(
//!         &self,
//!         _battery: &BatteryHookCall<'_, Self>,
//!         _property: PowerSupplyProperty,
//!     ) -> Result<i32> {
//!         Ok(self.0.load(Ordering::Relaxed))
//!     }
//!
//!     fn set_property(
//!         &self,
//!         _battery: &BatteryHookCall<'_, Self>,
//!         _property: PowerSupplyProperty,
//!         value: i32,
//!     ) -> Result {
//!         if !(1..=100).contains(&value) {
//!             return Err(EINVAL);
//!         }
//!         self.0.store(value, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_char, c_int, c_uint, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_battery_hook, kmod_battery_hook_ops};

use super::power_supply::PowerSupplyProperty;
use super::{ClassDevice, Held, entered, to_int};
use crate::error::code::EINVAL;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What is known of a battery besides, and can be set; in process context. Several may call at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is known of batteries",
    label = "a hook's handler says so",
    note = "write `#[handlers] impl BatteryHookOps for {Self} {{ fn get_property(…) -> Result<i32> {{ … }} }}`"
)]
pub trait BatteryHookOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the hook is a field, if the handler uses it: the module's or a device's; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: BatteryHookHandlers;

    /// Whether this battery is to have the files: the kernel calls it for each that there is, also while the hook is
    /// being registered, and for each that comes. Without it all have them.
    ///
    /// # Errors
    ///
    /// `ENODEV` says that it is not, others do and are logged. No other battery, and no other hook, is the worse for it.
    fn add_battery(&self, battery: &BatteryHookCall<'_, Self>) -> Result {
        let _ = battery;
        Ok(())
    }

    /// The value of a property that was declared.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn get_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        property: PowerSupplyProperty,
    ) -> Result<i32>;

    /// Takes a value for a property that was declared as `rw`, which may be any number.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn set_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        let _ = (battery, property, value);
        Err(EINVAL)
    }
}

/// Which handlers of [`BatteryHookOps`] are there.
#[doc(hidden)]
pub struct BatteryHookHandlers {
    pub add_battery: bool,
    pub set_property: bool,
}

impl BatteryHookHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        add_battery: false,
        set_property: false,
    };
}

/// What a hook's handlers may reach, and of which battery.
pub struct BatteryHookCall<'a, H: BatteryHookOps> {
    instance: &'a H::Instance,
    battery: &'a str,
}

impl<'a, H: BatteryHookOps> BatteryHookCall<'a, H> {
    /// The battery's name in `/sys/class/power_supply`, which firmware gives it: `BAT0`.
    pub fn battery(&self) -> &'a str {
        self.battery
    }

    /// The struct of which the hook is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { <H::Module as ModuleState>::state() }
    }
}

/// Files on the kernel's batteries, with what is behind them: a field under `#[battery_hook]`.
pub struct BatteryHook<H> {
    hook: Held<kmod_battery_hook>,
    handler: H,
}

impl<H> BatteryHook<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            hook: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for BatteryHook<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[battery_hook]` says of a field.
pub trait BatteryHookField: Field {
    /// What is known of a battery: first what can be set.
    const PROPERTIES: &'static [PowerSupplyProperty];
    /// How many of them can be set.
    const WRITABLE: u32;
}

// SAFETY: `kmod_battery_hook_end()` takes all files away, waits for who is in them, and for who tells the hook of a
// battery; from then on nobody knows it.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for BatteryHook<H>
where
    H: BatteryHookOps,
    F: BatteryHookField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, _at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.set_property || F::WRITABLE == 0,
                "properties that are written need a `set_property`"
            );
        }
        let ops = const {
            &kmod_battery_hook_ops {
                add_battery: if H::HANDLERS.add_battery {
                    Some(add_battery::<H, F>)
                } else {
                    None
                },
                get_property: Some(get_property::<H, F>),
                set_property: if H::HANDLERS.set_property {
                    Some(set_property::<H, F>)
                } else {
                    None
                },
            }
        };
        let properties = F::PROPERTIES.as_ptr().cast();
        let count = const { F::PROPERTIES.len() as c_uint };
        let data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: The properties (each a byte, by `repr`, `count` of them) and the functions are static, and the
        // functions are for this field; the value stays until it was unregistered (`register`'s contract).
        let hook =
            unsafe { bindings::kmod_battery_hook_make(properties, count, F::WRITABLE, ops, data) };
        self.hook.put(from_err_ptr(hook)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(hook) = self.hook.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_battery_hook_end(hook.as_ptr()) };
        }
    }
}

/// Calls `f` with the handler and what it may reach, inside the instance.
///
/// # Errors
///
/// `ENODEV` if the instance is closing; `EINVAL` for a battery whose name is no text; whatever `f` returns.
///
/// # Safety
///
/// As [`entered`]'s; `battery` is a string that stays for the call.
unsafe fn called<H, F, R>(
    data: *mut c_void,
    battery: *const c_char,
    f: impl FnOnce(&H, &BatteryHookCall<'_, H>) -> Result<R>,
) -> Result<R>
where
    H: BatteryHookOps,
    F: Field<Type = BatteryHook<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is a string that stays for the call (this function's contract).
    let battery = unsafe { CStr::from_ptr(battery) };
    let battery = battery.to_str().map_err(|_| EINVAL)?;
    let call = |hook: &BatteryHook<H>, instance: &F::Instance| {
        let call = BatteryHookCall {
            instance: instance.instance(),
            battery,
        };
        f(&hook.handler, &call)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    unsafe { entered::<F, _>(data, call) }
}

/// # Safety
///
/// The kernel calls it with the data that the hook was registered with, in process context, and a battery's name.
unsafe extern "C" fn add_battery<H, F>(data: *mut c_void, battery: *const c_char) -> c_int
where
    H: BatteryHookOps,
    F: Field<Type = BatteryHook<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: This is a callback of the hook, and it is a battery's name (this function's contract).
    to_int(unsafe { called::<H, F, _>(data, battery, H::add_battery) })
}

/// # Safety
///
/// As [`add_battery`]; `value` may be written.
unsafe extern "C" fn get_property<H, F>(
    data: *mut c_void,
    battery: *const c_char,
    property: c_uint,
    value: *mut c_int,
) -> c_int
where
    H: BatteryHookOps,
    F: Field<Type = BatteryHook<H>, Instance: Belongs<H::Instance>>,
{
    let get = |handler: &H, call: &BatteryHookCall<'_, H>| {
        let property = PowerSupplyProperty::of(property).ok_or(EINVAL)?;
        handler.get_property(call, property)
    };
    // SAFETY: This is a callback of the hook, and it is a battery's name (this function's contract).
    match unsafe { called::<H, F, _>(data, battery, get) } {
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
/// As [`add_battery`].
unsafe extern "C" fn set_property<H, F>(
    data: *mut c_void,
    battery: *const c_char,
    property: c_uint,
    value: c_int,
) -> c_int
where
    H: BatteryHookOps,
    F: Field<Type = BatteryHook<H>, Instance: Belongs<H::Instance>>,
{
    let set = |handler: &H, call: &BatteryHookCall<'_, H>| {
        let property = PowerSupplyProperty::of(property).ok_or(EINVAL)?;
        handler.set_property(call, property, value)
    };
    // SAFETY: This is a callback of the hook, and it is a battery's name (this function's contract).
    to_int(unsafe { called::<H, F, _>(data, battery, set) })
}
