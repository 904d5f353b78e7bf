// SPDX-License-Identifier: GPL-2.0-only
//! Lines of GPIO chips that a device has: the kernel's `struct gpio_desc`, as `<linux/gpio/consumer.h>` gives it.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Switches a pump
//! #[kernel_module(name = "pump", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "pump", devices = 1)]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Pump;
//!
//!     fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Pump> {
//!         Ok(Pump::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Pump {
//!     #[gpio(chip = "relays", line = 3)]
//!     motor: GpioOutput,
//!     #[gpio(chip = "relays", line = 4, active_low = true)]
//!     full: GpioInput,
//!     /// /sys/devices/platform/pump/running
//!     #[sysfs]
//!     running: Running,
//! }
//!
//! #[derive(Default)]
//! struct Running;
//!
//! #[handlers]
//! impl SysfsFile for Running {
//!     type Instance = Pump;
//!
//!     fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
//!         let pump = file.instance();
//!         let run = text.trim_ascii() == b"1";
//!         if run && pump.full.get()? {
//!             return Err(EBUSY);
//!         }
//!         pump.motor.set(run)
//!     }
//! }
//! # fn main() {}
//! ```

mod array;
mod config;
mod object;
mod sleep;

use core::ffi::c_int;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::slice;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, gpio_desc};

use crate::error::code::{ENODEV, EPERM};
use crate::error::{Result, to_result};
use crate::sync::Mutex;

pub use array::{GpioGetArray, GpioSetArray};
pub use config::GpioConfig;
pub use object::GpioLines;
#[doc(hidden)]
pub use object::{GpioField, GpioIrqs, GpioLookup, GpioObject, assert_gpio, assert_gpio_irq};
pub use sleep::{CanSleep, GpioSleep, NoSleep};

/// A line, or that there is none.
///
/// # Invariants
///
/// `desc` is NULL, [`ABSENT`], or a line that `kmod_gpiod_get()` gave for a `S`, and that is given back only once nobody
/// has a reference to this any more.
struct Line<S> {
    desc: AtomicPtr<gpio_desc>,
    how: PhantomData<fn() -> S>,
}

/// An optional line that is not there: the address of none.
const ABSENT: *mut gpio_desc = ptr::without_provenance_mut(1);

impl<S: GpioSleep> Line<S> {
    /// None yet.
    const fn new() -> Self {
        // INVARIANT: It is NULL.
        Self {
            desc: AtomicPtr::new(ptr::null_mut()),
            how: PhantomData,
        }
    }

    /// The line that is held; `None` for an optional one that is not there.
    fn held(&self) -> Result<Option<NonNull<gpio_desc>>> {
        held(&self.desc)
    }

    fn is_there(&self) -> bool {
        matches!(self.held(), Ok(Some(_)))
    }

    fn get(&self) -> Result<bool> {
        let Some(desc) = self.held()? else {
            return Ok(false);
        };
        // SAFETY: The line is held, as `get` asks for, as long as somebody has a reference to this (`Line`'s invariant).
        let value = unsafe { S::get(desc) };
        to_result(value).map(|value| value != 0)
    }

    fn set(&self, active: bool) -> Result {
        // SAFETY: The line is held, as `set` asks for (`told`).
        self.told(|desc| unsafe { S::set(desc, active) })
    }

    fn set_config(&self, config: GpioConfig) -> Result {
        let config = config.packed()?;
        // SAFETY: The line is held, as `gpiod_set_config()` asks for (`told`).
        self.told(|desc| unsafe { bindings::kmod_gpiod_set_config(desc.as_ptr(), config) })
    }

    /// Makes it an output that is active or not, or an input with `None`.
    fn turn(&self, output: Option<bool>) -> Result {
        self.told(|desc| {
            let desc = desc.as_ptr();
            match output {
                // SAFETY: The line is held, as `gpiod_direction_output()` asks for (`told`).
                Some(active) => unsafe {
                    bindings::kmod_gpiod_direction_output(desc, active.into())
                },
                // SAFETY: The line is held, as `gpiod_direction_input()` asks for (`told`).
                None => unsafe { bindings::kmod_gpiod_direction_input(desc) },
            }
        })
    }

    /// Has the line told something by a function that gives 0 or an errno, during which it is held (this type's
    /// invariant); nothing is done for an optional one that is not there.
    fn told(&self, function: impl FnOnce(NonNull<gpio_desc>) -> c_int) -> Result {
        match self.held()? {
            Some(desc) => to_result(function(desc)).map(drop),
            None => Ok(()),
        }
    }
}

/// The line that is held; `None` for an optional one that is not there.
fn held(desc: &AtomicPtr<gpio_desc>) -> Result<Option<NonNull<gpio_desc>>> {
    let desc = desc.load(Ordering::Relaxed);
    if desc == ABSENT {
        return Ok(None);
    }
    NonNull::new(desc).map(Some).ok_or(ENODEV)
}

/// What a line is to its device, by its direction.
macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident, $way:ident, $more:ty = $new:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name<S = CanSleep>(Line<S>, $more);

        impl<S: GpioSleep> $name<S> {
            /// Not had yet.
            pub const fn new() -> Self {
                Self(Line::new(), $new)
            }

            /// Whether the device has it: an optional one may not be there.
            pub fn is_there(&self) -> bool {
                self.0.is_there()
            }

            /// Whether the line is active: high, or low for one that is active low. An optional one that is not there
            /// is not.
            ///
            /// # Errors
            ///
            /// What its chip fails with; `ENODEV` while the device is not bound.
            pub fn get(&self) -> Result<bool> {
                self.0.get()
            }

            /// Has the chip do this to the line. For an optional one that is not there nothing is done.
            ///
            /// A pin controller behind the chip may sleep for it: it is for process context, whatever the chip is.
            ///
            /// # Errors
            ///
            /// `ENOTSUPP`, or what else it likes, from a chip that cannot; `EINVAL` for a time of more than 16 s;
            /// `ENODEV` while the device is not bound.
            pub fn set_config(&self, config: GpioConfig) -> Result {
                self.0.set_config(config)
            }
        }

        impl<S: GpioSleep> Default for $name<S> {
            fn default() -> Self {
                Self::new()
            }
        }

        // SAFETY: It is one line, which `all` gives and `COUNT` counts (`GpioLines`' contract).
        unsafe impl<S: GpioSleep> GpioLines for $name<S> {
            type Line = Self;

            const COUNT: usize = 1;

            fn all(&self) -> &[Self] {
                slice::from_ref(self)
            }
        }

        impl<S: GpioSleep> sealed::GpioLine for $name<S> {
            const WAY: sealed::Way = sealed::Way::$way;
            const SLEEPS: bool = S::SLEEPS;

            fn desc(&self) -> &AtomicPtr<gpio_desc> {
                &self.0.desc
            }
        }
    )*};
}

lines! {
    /// A line that the device reads: a field under `#[gpio]`, or one of an array that is such a field.
    ///
    /// It is had from when the device's objects are registered until they have gone: in each handler of the device.
    GpioInput, In, () = ();
    /// A line that the device sets: a field under `#[gpio]`, or one of an array that is such a field.
    ///
    /// It is had from when the device's objects are registered until they have gone: in each handler of the device. What
    /// it was set to last it stays, as far as its chip is concerned.
    GpioOutput, Out, () = ();
    /// A line that the device reads and sets by turns: a field under `#[gpio]`, or one of an array that is such a field.
    /// It is an input until it is told.
    ///
    /// It is had from when the device's objects are registered until they have gone: in each handler of the device.
    GpioLine, ByTurns, Turns = Turns::input();
}

/// Which way a line is at the moment.
struct Turns {
    is_output: AtomicBool,
    /// Who turns it has this, so that all see the last turn.
    turning: Mutex<()>,
}

impl Turns {
    /// An input.
    const fn input() -> Self {
        Self {
            is_output: AtomicBool::new(false),
            turning: Mutex::new(()),
        }
    }
}

impl<S: GpioSleep> GpioOutput<S> {
    /// Makes the line active, or not: high, or low for one that is active low. For an optional one that is not there
    /// nothing is done.
    ///
    /// # Errors
    ///
    /// What its chip fails with, since 6.17; `ENODEV` while the device is not bound.
    pub fn set(&self, active: bool) -> Result {
        self.0.set(active)
    }
}

impl<S: GpioSleep> GpioLine<S> {
    /// Makes it an input: `gpiod_direction_input()`. For an optional one that is not there nothing is done.
    ///
    /// A pin controller behind the chip may sleep for it: it is for process context, whatever the chip is.
    ///
    /// # Errors
    ///
    /// What its chip fails with, and then it is what it was; `ENODEV` while the device is not bound.
    pub fn direction_input(&self) -> Result {
        self.turn(None)
    }

    /// Makes it an output that is active from the beginning, or not: `gpiod_direction_output()`. For an optional one
    /// that is not there nothing is done.
    ///
    /// A pin controller behind the chip may sleep for it: it is for process context, whatever the chip is.
    ///
    /// # Errors
    ///
    /// What its chip fails with, and then it is what it was; `ENODEV` while the device is not bound.
    pub fn direction_output(&self, active: bool) -> Result {
        self.turn(Some(active))
    }

    fn turn(&self, output: Option<bool>) -> Result {
        let _turning = self.1.turning.lock();
        self.0.turn(output)?;
        self.1.is_output.store(output.is_some(), Ordering::Relaxed);
        Ok(())
    }

    /// Whether it is an output at the moment.
    pub fn is_output(&self) -> bool {
        self.1.is_output.load(Ordering::Relaxed)
    }

    /// Makes the line active, or not, while it is an output. For an optional one that is not there nothing is done.
    ///
    /// Who makes it an input at the same time may have the chip told of a level that counts only when it is an output
    /// again.
    ///
    /// # Errors
    ///
    /// `EPERM` while it is an input; what its chip fails with, since 6.17; `ENODEV` while the device is not bound.
    pub fn set(&self, active: bool) -> Result {
        if !self.is_output() && self.0.held()?.is_some() {
            return Err(EPERM);
        }
        self.0.set(active)
    }
}

mod sealed {
    use super::{AtomicPtr, gpio_desc};

    /// Which way a line goes.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum Way {
        /// The device reads it.
        In,
        /// The device sets it.
        Out,
        /// Both.
        ByTurns,
    }

    /// A line of a device.
    pub trait GpioLine: 'static {
        /// What the device does with it.
        const WAY: Way;
        /// Whether its chip may be one that sleeps.
        const SLEEPS: bool;

        /// Where its descriptor is kept.
        fn desc(&self) -> &AtomicPtr<gpio_desc>;
    }
}
