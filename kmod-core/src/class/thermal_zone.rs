// SPDX-License-Identifier: GPL-2.0-only
//! What gets warm, and at which temperatures something is to be done: the kernel's `struct thermal_zone_device`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Gets warm
//! #[kernel_module(name = "stove", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[cooling(name = "stove_fan")]
//!     fan: Cooling<Fan>,
//!     #[thermal_zone(
//!         name = "stove",
//!         trips(active(60_000, cooled_by = "stove_fan"), critical(110_000)),
//!         polling_delay = 2000,
//!     )]
//!     stove: ThermalZone<Stove>,
//! }
//!
//! #[derive(Default)]
//! struct Stove;
//!
//! #[handlers]
//! impl ThermalOps for Stove {
//!     fn get_temp(&self, _zone: &ThermalCall<'_, Self>) -> Result<i32> {
//!         Ok(45_000)
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Fan {
//!     speed: AtomicU32,
//! }
//!
//! #[handlers]
//! impl CoolingOps for Fan {
//!     fn get_max_state(&self, _cooling: &CoolingCall<'_, Self>) -> Result<u32> {
//!         Ok(3)
//!     }
//!
//!     fn get_cur_state(&self, _cooling: &CoolingCall<'_, Self>) -> Result<u32> {
//!         Ok(self.speed.load(Ordering::Relaxed))
//!     }
//!
//!     fn set_cur_state(&self, _cooling: &CoolingCall<'_, Self>, state: u32) -> Result {
//!         if state > 3 {
//!             return Err(EINVAL);
//!         }
//!         self.speed.store(state, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_uint, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use kmod_bindings::{
    self as bindings, kmod_thermal, kmod_thermal_ops, kmod_thermal_plan, kmod_thermal_trip,
};

use super::{ClassDevice, call, entered, to_int};
use crate::chrdev::NodeName;
use crate::error::code::EOPNOTSUPP;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What is known of a thermal zone, in process context. Temperatures are thousandths of a degree.
///
/// The kernel holds a lock of the zone's while it calls.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how warm a thermal zone is",
    label = "a zone's handler says so",
    note = "write `#[handlers] impl ThermalOps for {Self} {{ fn get_temp(…) -> Result<i32> {{ … }} }}`"
)]
pub trait ThermalOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the zone is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: ThermalHandlers;

    /// How warm it is.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with; nothing is done about a temperature that is not known.
    fn get_temp(&self, zone: &ThermalCall<'_, Self>) -> Result<i32>;

    /// Takes another temperature for a trip that was declared as `rw`: its number, from 0 on.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with: the trip stays where it was.
    fn set_trip_temp(&self, zone: &ThermalCall<'_, Self>, trip: u32, temperature: i32) -> Result {
        let _ = (zone, trip, temperature);
        Err(EOPNOTSUPP)
    }
}

/// Which handlers of [`ThermalOps`] are there.
#[doc(hidden)]
pub struct ThermalHandlers {
    pub set_trip_temp: bool,
}

impl ThermalHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        set_trip_temp: false,
    };
}

call! {
    /// What a thermal zone's handlers may reach.
    ThermalCall of ThermalOps
}

/// A trip of a zone, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct ThermalTrip(kmod_thermal_trip);

impl ThermalTrip {
    /// One of this kind, of those that `#[thermal_zone(trips(…))]` takes.
    pub const fn new(
        kind: &str,
        temperature: i32,
        hysteresis: i32,
        writable: bool,
        cooled_by: Option<&'static CStr>,
    ) -> Self {
        Self(kmod_thermal_trip {
            temperature,
            hysteresis,
            type_: match kind.as_bytes() {
                b"passive" => bindings::KMOD_TRIP_PASSIVE,
                b"hot" => bindings::KMOD_TRIP_HOT,
                b"critical" => bindings::KMOD_TRIP_CRITICAL,
                _ => bindings::KMOD_TRIP_ACTIVE,
            },
            writable,
            cooled_by: match cooled_by {
                Some(name) => name.as_ptr(),
                None => ptr::null(),
            },
        })
    }
}

/// A thermal zone with its handler: a field under `#[thermal_zone]`.
///
/// # Invariants
///
/// `zone` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct ThermalZone<H> {
    zone: UnsafeCell<MaybeUninit<kmod_thermal>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for ThermalZone<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for ThermalZone<H> {}

impl<H> ThermalZone<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            zone: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Says that the temperature may have passed a trip, as hardware knows that raises an interrupt: a work of the
    /// kernel's looks at the zone, C's `thermal_zone_device_update()`. It may be called anywhere, and does nothing
    /// while the zone is not registered.
    pub fn update(&self) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_thermal_update(self.as_ptr()) };
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_thermal {
        self.zone.get().cast()
    }
}

impl<H: Default> Default for ThermalZone<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[thermal_zone]` says of a field.
pub trait ThermalZoneField: Field {
    /// What its file `type` shows.
    const NAME: NodeName;
    /// Its trips.
    const TRIPS: &'static [ThermalTrip] = &[];
    /// After how many milliseconds it is looked at again while a passive trip is passed.
    const PASSIVE_DELAY: u32 = 0;
    /// The same, at all times.
    const POLLING_DELAY: u32 = 0;
}

// SAFETY: What has it looked at passes the door that `close` shuts; `kmod_thermal_end()` waits for who is inside and
// for the work, and is `thermal_zone_device_unregister()`, which ends the zone's own work and takes its files away,
// and waits for who is in them; what could queue that work once more in between has no delay any more.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for ThermalZone<H>
where
    H: ThermalOps,
    F: ThermalZoneField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let plan = kmod_thermal_plan {
            name: super::name(const { &F::NAME }, at),
            trips: F::TRIPS.as_ptr().cast(),
            count: const { F::TRIPS.len() as c_uint },
            passive_delay: F::PASSIVE_DELAY,
            polling_delay: F::POLLING_DELAY,
        };
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            &kmod_thermal_ops {
                get_temp: Some(get_temp::<H, F>),
                set_trip_temp: if H::HANDLERS.set_trip_temp {
                    Some(set_trip_temp::<H, F>)
                } else {
                    None
                },
            }
        };
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made. The names, the trips (each what C has, by `repr`) and the functions are static, and
        // the functions are for this field; the value stays until it was unregistered (`register`'s contract).
        to_result(unsafe { bindings::kmod_thermal_make(self.as_ptr(), &plan, ops, data) })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is registered (`ClassDevice::close`'s contract), and so made.
        unsafe { bindings::kmod_thermal_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_thermal_end(self.as_ptr()) };
    }
}

/// # Safety
///
/// The kernel calls it with the data that the zone was registered with, in process context; `temperature` may be
/// written.
unsafe extern "C" fn get_temp<H, F>(data: *mut c_void, temperature: *mut c_int) -> c_int
where
    H: ThermalOps,
    F: Field<Type = ThermalZone<H>, Instance: Belongs<H::Instance>>,
{
    let get = |zone: &ThermalZone<H>, instance: &F::Instance| {
        zone.handler.get_temp(&ThermalCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    match unsafe { entered::<F, _>(data, get) } {
        Ok(got) => {
            // SAFETY: It may be written (this function's contract).
            unsafe { temperature.write(got) };
            0
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`get_temp`], without a `temperature` to write.
unsafe extern "C" fn set_trip_temp<H, F>(
    data: *mut c_void,
    trip: c_uint,
    temperature: c_int,
) -> c_int
where
    H: ThermalOps,
    F: Field<Type = ThermalZone<H>, Instance: Belongs<H::Instance>>,
{
    let set = |zone: &ThermalZone<H>, instance: &F::Instance| {
        let call = ThermalCall::new(instance);
        zone.handler.set_trip_temp(&call, trip, temperature)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}
