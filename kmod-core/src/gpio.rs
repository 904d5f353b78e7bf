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

use core::ffi::{CStr, c_int, c_uint};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, gpio_desc, kmod_gpiod_plan, kmod_irq_calls};

use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr, to_result};
use crate::instance::{At, Field, Object};

/// Of a line: its chip may be one that sleeps, as it does behind I2C, SPI or USB. It is had by the kernel's functions
/// `gpiod_get_value_cansleep()` and `gpiod_set_value_cansleep()`, in process context.
pub struct CanSleep(());

/// Of a line: its chip does not sleep, or the device is not bound. It is had by `gpiod_get_value()` and
/// `gpiod_set_value()`, in any context.
pub struct NoSleep(());

/// How a line is had: [`CanSleep`] or [`NoSleep`].
///
/// # Safety
///
/// With [`SLEEPS`](GpioSleep::SLEEPS), [`get`](GpioSleep::get) and [`set`](GpioSleep::set) are of process context, and
/// for all chips; without, they are of any context, and for chips that do not sleep.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a line is had",
    note = "a line is `GpioOutput` or `GpioInput`; one that is used where nothing may sleep is `GpioOutput<NoSleep>` or \
            `GpioInput<NoSleep>`"
)]
pub unsafe trait GpioSleep: 'static {
    /// Whether its chip may be one that sleeps.
    #[doc(hidden)]
    const SLEEPS: bool;

    /// 1 for active, 0, or an errno.
    ///
    /// # Safety
    ///
    /// The line is held.
    #[doc(hidden)]
    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int;

    /// 0, or an errno.
    ///
    /// # Safety
    ///
    /// The line is held.
    #[doc(hidden)]
    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int;
}

// SAFETY: Its functions are those that may sleep, which the kernel has for all chips.
unsafe impl GpioSleep for CanSleep {
    const SLEEPS: bool = true;

    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_get_value_cansleep(desc.as_ptr()) }
    }

    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_set_value_cansleep(desc.as_ptr(), active.into()) }
    }
}

// SAFETY: Its functions do not sleep, if the chip does not.
unsafe impl GpioSleep for NoSleep {
    const SLEEPS: bool = false;

    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_get_value(desc.as_ptr()) }
    }

    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_set_value(desc.as_ptr(), active.into()) }
    }
}

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
        // SAFETY: It is held as long as somebody has a reference to this (`Line`'s invariant).
        let value = unsafe { S::get(desc) };
        to_result(value).map(|value| value != 0)
    }

    fn set(&self, active: bool) -> Result {
        let Some(desc) = self.held()? else {
            return Ok(());
        };
        // SAFETY: It is held as long as somebody has a reference to this (`Line`'s invariant).
        let done = unsafe { S::set(desc, active) };
        to_result(done).map(|_| ())
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
    ($($(#[$doc:meta])* $name:ident, $output:literal;)*) => {$(
        $(#[$doc])*
        pub struct $name<S = CanSleep>(Line<S>);

        impl<S: GpioSleep> $name<S> {
            /// Not had yet.
            pub const fn new() -> Self {
                Self(Line::new())
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
            const OUTPUT: bool = $output;
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
    GpioInput, false;
    /// A line that the device sets: a field under `#[gpio]`, or one of an array that is such a field.
    ///
    /// It is had from when the device's objects are registered until they have gone: in each handler of the device. What
    /// it was set to last it stays, as far as its chip is concerned.
    GpioOutput, true;
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

mod sealed {
    use super::{AtomicPtr, gpio_desc};

    /// A line of a device.
    pub trait GpioLine: 'static {
        /// Whether the device sets it.
        const OUTPUT: bool;
        /// Whether its chip may be one that sleeps.
        const SLEEPS: bool;

        /// Where its descriptor is kept.
        fn desc(&self) -> &AtomicPtr<gpio_desc>;
    }
}

/// The type of a field under `#[gpio]`.
///
/// # Safety
///
/// [`all`](GpioLines::all) gives [`COUNT`](GpioLines::COUNT) lines, which the value is made of. Only [`GpioInput`],
/// [`GpioOutput`] and arrays of them implement this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a line that a device can have",
    label = "the attribute of this field does not fit its type",
    note = "a line is `#[gpio] name: GpioOutput` or `GpioInput`, and several are `[GpioOutput; 4]`; a chip with lines is \
            `#[gpio_chip]`"
)]
pub unsafe trait GpioLines: 'static {
    /// One of them.
    #[doc(hidden)]
    type Line: sealed::GpioLine;

    /// How many there are.
    #[doc(hidden)]
    const COUNT: usize;

    /// They.
    #[doc(hidden)]
    fn all(&self) -> &[Self::Line];
}

// SAFETY: It is `N` lines, which `all` gives and `COUNT` counts (`GpioLines`' contract).
unsafe impl<L: sealed::GpioLine, const N: usize> GpioLines for [L; N] {
    type Line = L;

    const COUNT: usize = N;

    fn all(&self) -> &[L] {
        self
    }
}

/// Where a line is that nobody else tells of.
pub struct GpioLookup {
    /// The label of its chip.
    pub chip: &'static CStr,
    /// Its number there; of an array, the first one's.
    pub line: u16,
    /// Whether it is active when it is low.
    pub active_low: bool,
}

/// A field under `#[gpio]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait GpioField: Field<Type: GpioLines> {
    /// What the line is for; `None` for lines without a name.
    const NAME: Option<&'static CStr>;
    /// Whether an output is active from the beginning.
    const HIGH: bool = false;
    /// Whether it may be absent.
    const OPTIONAL: bool = false;
    /// Where it is if nobody else says so.
    const LOOKUP: Option<GpioLookup> = None;
}

/// Holds that a chip can have so many lines, and that only outputs are `high`.
///
/// # Panics
///
/// If it is not so: of a constant, when it is compiled.
pub const fn assert_gpio<T: GpioLines>(high: bool) {
    assert!(
        T::COUNT >= 1 && T::COUNT <= 512,
        "an array of lines has from 1 to 512 of them"
    );
    assert!(
        !high || <T::Line as sealed::GpioLine>::OUTPUT,
        "an input is what others make it: `high` is for a `GpioOutput`"
    );
}

/// How interrupts of a field's lines are requested. Only a module that has some refers to what it takes: a kernel without
/// GPIO has none of it.
#[derive(Clone, Copy)]
pub struct GpioIrqs(unsafe fn(&At, usize, [bool; 2], &kmod_irq_calls) -> Result<c_int>);

impl GpioIrqs {
    /// Those of this field.
    pub const fn of<F: GpioField>() -> Self {
        Self(request_irq::<F>)
    }

    /// Has the line of this index make these calls when its level rises and falls; its interrupt, or 0 for that of an
    /// optional line that is not there.
    ///
    /// # Errors
    ///
    /// The kernel's; nothing is registered then.
    ///
    /// # Safety
    ///
    /// The instance at `at` is a device that is being bound, the field is one of it, and is registered. The functions may
    /// be called with their data until the interrupt was freed, which is before the field is taken back.
    pub(crate) unsafe fn request(
        self,
        at: &At,
        index: usize,
        edges: [bool; 2],
        calls: &kmod_irq_calls,
    ) -> Result<c_int> {
        // SAFETY: The function's contract is this one's.
        unsafe { (self.0)(at, index, edges, calls) }
    }
}

/// [`GpioIrqs::request`] of the field `F`.
///
/// # Safety
///
/// As there.
unsafe fn request_irq<F: GpioField>(
    at: &At,
    index: usize,
    [rising, falling]: [bool; 2],
    calls: &kmod_irq_calls,
) -> Result<c_int> {
    // SAFETY: The instance is at `at` (this function's contract).
    let lines = unsafe { at.value::<F>() }.all();
    let line = lines.get(index).ok_or(ENODEV)?;
    let Some(desc) = held(sealed::GpioLine::desc(line))? else {
        return Ok(0);
    };
    let device = at.parent().ok_or(ENODEV)?;
    // SAFETY: The line is held until the interrupt was freed; the device lives, being bound; the calls are as C wants them
    // (this function's contract).
    Ok(unsafe { bindings::kmod_gpiod_irq_request(device, desc.as_ptr(), rising, falling, calls) })
}

/// Holds that lines can have interrupts, as many as there are.
///
/// # Panics
///
/// If it is not so: of a constant, when it is compiled.
pub const fn assert_gpio_irq<T: GpioLines>(count: usize) {
    assert!(
        !<T::Line as sealed::GpioLine>::OUTPUT,
        "an output has no interrupt: it is what the device makes it"
    );
    assert!(
        T::COUNT == count,
        "an array of lines has an array of interrupts that is as long: `[Irq<Handler>; 4]`"
    );
}

/// How the lines of a field are to be had.
const fn plan<F: GpioField>() -> kmod_gpiod_plan {
    type Line<F> = <<F as Field>::Type as GpioLines>::Line;
    let (chip, line, active_low) = match F::LOOKUP {
        Some(lookup) => (lookup.chip.as_ptr(), lookup.line, lookup.active_low),
        None => (ptr::null(), 0, false),
    };
    kmod_gpiod_plan {
        name: match F::NAME {
            Some(name) => name.as_ptr(),
            None => ptr::null(),
        },
        chip,
        line: line as c_uint,
        active_low,
        output: <Line<F> as sealed::GpioLine>::OUTPUT,
        high: F::HIGH,
        optional: F::OPTIONAL,
        can_sleep: <Line<F> as sealed::GpioLine>::SLEEPS,
    }
}

/// The lines of a field under `#[gpio]`.
pub struct GpioObject<F>(PhantomData<fn() -> F>);

impl<F: GpioField> GpioObject<F> {
    /// Those of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// Gives those back that have a smaller index.
    ///
    /// # Safety
    ///
    /// They are had, and nobody uses them any more.
    unsafe fn put(at: &At, end: usize) {
        // SAFETY: The instance is at `at` (this function's contract).
        let lines = unsafe { at.value::<F>() }.all();
        for line in lines.iter().take(end).rev() {
            let line = sealed::GpioLine::desc(line);
            // INVARIANT: It is NULL.
            let desc = line.swap(ptr::null_mut(), Ordering::Relaxed);
            if !desc.is_null() && desc != ABSENT {
                // SAFETY: `kmod_gpiod_get()` gave it, and nobody uses it any more (this function's contract).
                unsafe { bindings::kmod_gpiod_put(desc) };
            }
        }
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: GpioField> Object for GpioObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        const { assert_gpio::<F::Type>(F::HIGH) };
        let device = at.parent().ok_or(ENODEV)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let lines = unsafe { at.value::<F>() }.all();
        let plan = plan::<F>();
        for (index, line) in lines.iter().enumerate() {
            // SAFETY: The device lives, and its driver is being bound: its objects are being registered. What the plan
            // points to is static.
            let desc = unsafe { bindings::kmod_gpiod_get(device, &plan, index as c_uint) };
            let desc = if desc.is_null() {
                Ok(ABSENT)
            } else {
                from_err_ptr(desc).map(NonNull::as_ptr)
            };
            match desc {
                // INVARIANT: It was given as the type asks for it, or is not there. `unregister` gives it back.
                Ok(desc) => sealed::GpioLine::desc(line).store(desc, Ordering::Relaxed),
                Err(error) => {
                    // SAFETY: Those before it were had above, and no object that has callbacks is registered yet.
                    unsafe { Self::put(at, index) };
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: All are had, as `register` has it. No access to them runs: a reference to the field is had by code inside
        // the instance, of which the sections are drained, and by callbacks of objects that were registered after it
        // (`GpioField`'s contract), which are not any more.
        unsafe { Self::put(at, F::Type::COUNT) };
    }
}
