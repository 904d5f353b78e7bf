// SPDX-License-Identifier: GPL-2.0-only
//! Lines that can be high or low, for user space and for other drivers: the kernel's `struct gpio_chip`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has relays
//! #[kernel_module(name = "relays", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "relays", devices = 1)]
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
//!     #[gpio_chip(names("pump", "valve"))]
//!     relays: GpioChip<Relays>,
//! }
//!
//! #[derive(Default)]
//! struct Relays {
//!     on: AtomicU32,
//! }
//!
//! #[handlers]
//! impl GpioOps for Relays {
//!     fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
//!         Ok(GpioDirection::Out)
//!     }
//!
//!     fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
//!         Ok(self.on.load(Ordering::Relaxed) & 1 << offset != 0)
//!     }
//!
//!     fn set(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
//!         if value {
//!             self.on.fetch_or(1 << offset, Ordering::Relaxed);
//!         } else {
//!             self.on.fetch_and(!(1 << offset), Ordering::Relaxed);
//!         }
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_char, c_int, c_uint, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_gpio, kmod_gpio_ops, kmod_gpio_plan};

use super::{ClassDevice, Held, beside, call, entered, to_int};
use crate::chrdev::NodeName;
use crate::error::code::{ENODEV, EOPNOTSUPP};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What the lines of a chip do. A line is its number on the chip, from 0 on; several may be asked at once, also of
/// the same line.
///
/// All but [`request`](GpioOps::request) and [`free`](GpioOps::free) run in atomic context: they must not sleep, and
/// may interrupt the task that runs on their CPU. With `can_sleep = true`, they run in process context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what the lines of a chip do",
    label = "the handler of a chip says so",
    note = "write `#[handlers] impl GpioOps for {Self} {{ fn get(…) -> Result<bool> {{ … }} }}`"
)]
pub trait GpioOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The device's struct of which the chip is a field, if the handler uses it; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: GpioHandlers;

    /// Somebody is to have the line, in process context.
    ///
    /// # Errors
    ///
    /// Any: nobody gets it.
    fn request(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result {
        let _ = (chip, offset);
        Ok(())
    }

    /// Nobody has the line any more, in process context. It is not called for a line that is held when the chip
    /// goes.
    fn free(&self, chip: &GpioCall<'_, Self>, offset: u32) {
        let _ = (chip, offset);
    }

    /// Which direction the line has.
    ///
    /// # Errors
    ///
    /// Any: the kernel takes it for an input.
    fn get_direction(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result<GpioDirection> {
        let _ = (chip, offset);
        Err(EOPNOTSUPP)
    }

    /// Makes the line an input.
    ///
    /// # Errors
    ///
    /// Any: it is not one then.
    fn direction_input(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result {
        let _ = (chip, offset);
        Err(EOPNOTSUPP)
    }

    /// Makes the line an output, with this value from the beginning.
    ///
    /// # Errors
    ///
    /// Any: it is not one then.
    fn direction_output(&self, chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        let _ = (chip, offset, value);
        Err(EOPNOTSUPP)
    }

    /// Whether the line is high.
    ///
    /// # Errors
    ///
    /// Whatever who reads the line is to fail with.
    fn get(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        let _ = (chip, offset);
        Err(EOPNOTSUPP)
    }

    /// Sets a line that is an output.
    ///
    /// # Errors
    ///
    /// Whatever who sets the line is to fail with; before 6.17 the kernel hears of none.
    fn set(&self, chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        let _ = (chip, offset, value);
        Err(EOPNOTSUPP)
    }
}

/// Which handlers of [`GpioOps`] are there.
#[doc(hidden)]
pub struct GpioHandlers {
    pub request: bool,
    pub free: bool,
    pub get_direction: bool,
    pub direction_input: bool,
    pub direction_output: bool,
    pub get: bool,
    pub set: bool,
}

impl GpioHandlers {
    /// None.
    pub const NONE: Self = Self {
        request: false,
        free: false,
        get_direction: false,
        direction_input: false,
        direction_output: false,
        get: false,
        set: false,
    };
}

call! {
    /// What the handlers of a chip's lines may reach.
    GpioCall of GpioOps
}

/// Which way a line goes: `GPIO_LINE_DIRECTION_IN` and `…_OUT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GpioDirection {
    /// It is read.
    In,
    /// It is set.
    Out,
}

/// The name of a line, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct GpioName(*const c_char);

// SAFETY: The name is a string in a static.
unsafe impl Sync for GpioName {}

impl GpioName {
    /// This one, or none.
    pub const fn new(name: Option<&'static CStr>) -> Self {
        Self(match name {
            Some(name) => name.as_ptr(),
            None => ptr::null(),
        })
    }
}

/// A chip with lines: a field under `#[gpio_chip]`.
pub struct GpioChip<H> {
    chip: Held<kmod_gpio>,
    handler: H,
}

impl<H> GpioChip<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            chip: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for GpioChip<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[gpio_chip]` says of a field.
pub trait GpioChipField: Field {
    /// The chip's label.
    const NAME: NodeName;
    /// How many lines it has.
    const LINES: u16;
    /// The names of the first of them; not more than there are lines.
    const NAMES: &'static [GpioName] = &[];
    /// Its handlers sleep.
    const CAN_SLEEP: bool = false;
}

// SAFETY: `kmod_gpio_shut()` has no handler called any more; `kmod_gpio_end()` waits for those that run, and is
// `gpiochip_remove()`. What still calls the chip finds it shut, and does not reach the value.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for GpioChip<H>
where
    H: GpioOps,
    F: GpioChipField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const { assert!(F::NAMES.len() <= F::LINES as usize) };
        let plan = kmod_gpio_plan {
            name: super::name(const { &F::NAME }, at),
            names: F::NAMES.as_ptr().cast(),
            named: const { F::NAMES.len() as c_uint },
            lines: F::LINES.into(),
            can_sleep: F::CAN_SLEEP,
        };
        // Its parent's driver is whose module is held while somebody has a line.
        let parent = at.parent().ok_or(ENODEV)?;
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            if F::CAN_SLEEP {
                &process::ops::<H, F>()
            } else {
                &atomic::ops::<H, F>()
            }
        };
        // SAFETY: The names (each what C has, by `repr`) and the functions are static, and the functions are for this
        // field; the value stays until it was unregistered (`register`'s contract).
        let chip = unsafe { bindings::kmod_gpio_make(parent, &plan, ops, data) };
        self.chip.put(from_err_ptr(chip)?);
        Ok(())
    }

    unsafe fn close(&self) {
        if let Some(chip) = self.chip.get() {
            // SAFETY: `register` has made it, and `unregister` has not taken it.
            unsafe { bindings::kmod_gpio_shut(chip.as_ptr()) };
        }
    }

    unsafe fn unregister(&self) {
        if let Some(chip) = self.chip.take() {
            // SAFETY: `register` has made it, it was closed (`unregister`'s contract), and it is taken once.
            unsafe { bindings::kmod_gpio_end(chip.as_ptr()) };
        }
    }
}

/// Calls a handler that may sleep.
///
/// # Safety
///
/// The kernel calls a function of the chip in process context, with the data that it was registered with.
unsafe fn handled<H, F, R>(
    data: *mut c_void,
    handler: impl FnOnce(&H, &GpioCall<'_, H>) -> Result<R>,
) -> Result<R>
where
    H: GpioOps,
    F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
{
    let inside = |chip: &GpioChip<H>, instance: &F::Instance| {
        handler(&chip.handler, &GpioCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process context.
    unsafe { entered::<F, _>(data, inside) }
}

/// Calls a handler that must not sleep.
///
/// # Safety
///
/// The kernel calls a function of the chip, with the data that it was registered with.
unsafe fn handled_at_once<H, F, R>(
    data: *mut c_void,
    handler: impl FnOnce(&H, &GpioCall<'_, H>) -> Result<R>,
) -> Result<R>
where
    H: GpioOps,
    F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
{
    let inside = |chip: &GpioChip<H>, instance: &F::Instance| {
        handler(&chip.handler, &GpioCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), for whose end
    // `unregister` waits.
    unsafe { beside::<F, _>(data, inside) }
}

/// A truth, or an errno.
fn truth_to_int(result: Result<bool>) -> c_int {
    match result {
        Ok(truth) => truth.into(),
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// The kernel calls it with the data that the chip was registered with, in process context.
unsafe extern "C" fn request<H, F>(data: *mut c_void, offset: c_uint) -> c_int
where
    H: GpioOps,
    F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: This is a callback of the chip in process context (this function's contract).
    to_int(unsafe { handled::<H, F, _>(data, |chip, call| chip.request(call, offset)) })
}

/// # Safety
///
/// As [`request`].
unsafe extern "C" fn free<H, F>(data: *mut c_void, offset: c_uint)
where
    H: GpioOps,
    F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
{
    let free = |chip: &H, call: &GpioCall<'_, H>| {
        chip.free(call, offset);
        Ok(())
    };
    // Once the instance has closed, nobody is told.
    // SAFETY: This is a callback of the chip in process context (this function's contract).
    let _: Result = unsafe { handled::<H, F, _>(data, free) };
}

/// The functions of a chip in one of the two contexts, of which the verifier knows the atomic one.
macro_rules! lines {
    ($(#[$doc:meta])* $context:ident, $handled:ident) => {
        $(#[$doc])*
        mod $context {
            use super::{
                Belongs, Field, GpioCall, GpioChip, GpioDirection, GpioOps, bindings, c_int, c_uint, c_void, free,
                $handled, kmod_gpio_ops, request, to_int, truth_to_int,
            };

            /// What the kernel calls for the chip that is the field `F`.
            pub(super) const fn ops<H, F>() -> kmod_gpio_ops
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let has = H::HANDLERS;
                const {
                    assert!(
                        H::HANDLERS.get || H::HANDLERS.set,
                        "a chip has a `get`, a `set` or both"
                    );
                    assert!(
                        H::HANDLERS.set || !H::HANDLERS.direction_output,
                        "a chip with a `direction_output` has a `set`"
                    );
                    assert!(
                        H::HANDLERS.get_direction || H::HANDLERS.direction_input,
                        "a chip has a `get_direction`, a `direction_input` or both"
                    );
                }
                kmod_gpio_ops {
                    request: if has.request { Some(request::<H, F>) } else { None },
                    free: if has.free { Some(free::<H, F>) } else { None },
                    get_direction: if has.get_direction { Some(get_direction::<H, F>) } else { None },
                    direction_input: if has.direction_input { Some(direction_input::<H, F>) } else { None },
                    direction_output: if has.direction_output { Some(direction_output::<H, F>) } else { None },
                    get: if has.get { Some(get::<H, F>) } else { None },
                    set: if has.set { Some(set::<H, F>) } else { None },
                }
            }

            /// # Safety
            ///
            /// The kernel calls it with the data that the chip was registered with, in the context of this module.
            unsafe extern "C" fn get_direction<H, F>(data: *mut c_void, offset: c_uint) -> c_int
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let get = |chip: &H, call: &GpioCall<'_, H>| chip.get_direction(call, offset);
                // SAFETY: This is a callback of the chip, in its context (this function's contract).
                match unsafe { $handled::<H, F, _>(data, get) } {
                    Ok(GpioDirection::In) => bindings::KMOD_GPIO_IN as c_int,
                    Ok(GpioDirection::Out) => bindings::KMOD_GPIO_OUT as c_int,
                    Err(error) => error.to_errno(),
                }
            }

            /// # Safety
            ///
            /// As [`get_direction`].
            unsafe extern "C" fn direction_input<H, F>(data: *mut c_void, offset: c_uint) -> c_int
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let turn = |chip: &H, call: &GpioCall<'_, H>| chip.direction_input(call, offset);
                // SAFETY: This is a callback of the chip, in its context (this function's contract).
                to_int(unsafe { $handled::<H, F, _>(data, turn) })
            }

            /// # Safety
            ///
            /// As [`get_direction`].
            unsafe extern "C" fn direction_output<H, F>(
                data: *mut c_void,
                offset: c_uint,
                value: c_int,
            ) -> c_int
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let turn = |chip: &H, call: &GpioCall<'_, H>| chip.direction_output(call, offset, value != 0);
                // SAFETY: This is a callback of the chip, in its context (this function's contract).
                to_int(unsafe { $handled::<H, F, _>(data, turn) })
            }

            /// # Safety
            ///
            /// As [`get_direction`].
            unsafe extern "C" fn get<H, F>(data: *mut c_void, offset: c_uint) -> c_int
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let get = |chip: &H, call: &GpioCall<'_, H>| chip.get(call, offset);
                // SAFETY: This is a callback of the chip, in its context (this function's contract).
                truth_to_int(unsafe { $handled::<H, F, _>(data, get) })
            }

            /// # Safety
            ///
            /// As [`get_direction`].
            unsafe extern "C" fn set<H, F>(data: *mut c_void, offset: c_uint, value: c_int) -> c_int
            where
                H: GpioOps,
                F: Field<Type = GpioChip<H>, Instance: Belongs<H::Instance>>,
            {
                let set = |chip: &H, call: &GpioCall<'_, H>| chip.set(call, offset, value != 0);
                // SAFETY: This is a callback of the chip, in its context (this function's contract).
                to_int(unsafe { $handled::<H, F, _>(data, set) })
            }
        }
    };
}

lines! {
    /// Those of a chip whose handlers must not sleep.
    atomic, handled_at_once
}

lines! {
    /// Those of a chip whose handlers may sleep.
    process, handled
}
