// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel has of a field under `#[gpio]`.

use core::ffi::{CStr, c_int, c_uint};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering;

use kmod_bindings::{self as bindings, kmod_gpiod_plan, kmod_irq_calls};

use super::sealed::{GpioLine as _, Way};
use super::{ABSENT, held, sealed};
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Field, Object};

/// The type of a field under `#[gpio]`.
///
/// # Safety
///
/// [`all`](GpioLines::all) gives [`COUNT`](GpioLines::COUNT) lines, which the value is made of. Only
/// [`GpioInput`](super::GpioInput), [`GpioOutput`](super::GpioOutput), [`GpioLine`](super::GpioLine) and arrays of them
/// implement this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a line that a device can have",
    label = "the attribute of this field does not fit its type",
    note = "a line is `#[gpio] name: GpioOutput`, `GpioInput` or `GpioLine`, and several are `[GpioOutput; 4]`; a chip \
            with lines is `#[gpio_chip]`"
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
        !high || matches!(T::Line::WAY, Way::Out),
        "`high` is for a `GpioOutput`: another line is an input from the beginning"
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
    let Some(desc) = held(line.desc())? else {
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
        matches!(T::Line::WAY, Way::In),
        "a line that the device sets has no interrupt: it is what the device makes it"
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
        output: matches!(Line::<F>::WAY, Way::Out),
        high: F::HIGH,
        optional: F::OPTIONAL,
        can_sleep: Line::<F>::SLEEPS,
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
            let line = line.desc();
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
                Ok(desc) => line.desc().store(desc, Ordering::Relaxed),
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
