// SPDX-License-Identifier: GPL-2.0-only
//! Watchdogs: the kernel's `struct watchdog_device`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Bites who sleeps
//! #[kernel_module(name = "dog", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[watchdog(identity = "Dog", timeout = 30, max_timeout = 600)]
//!     dog: Watchdog<Dog>,
//! }
//!
//! #[derive(Default)]
//! struct Dog(AtomicU32);
//!
//! #[handlers]
//! impl WatchdogOps for Dog {
//!     fn start(&self, _watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result {
//!         self.0.store(timeout, Ordering::Relaxed);
//!         Ok(())
//!     }
//!
//!     fn stop(&self, _watchdog: &WatchdogCall<'_, Self>) -> Result {
//!         self.0.store(0, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_int, c_uint, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_watchdog, kmod_watchdog_ops, kmod_watchdog_plan};

use super::{ClassDevice, Held, call, entered, entered_or_last, number_to_int, to_int};
use crate::error::code::EOPNOTSUPP;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a watchdog does, in process context, one call after the other. Times are seconds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a watchdog does",
    label = "a watchdog's handler says so",
    note = "write `#[handlers] impl WatchdogOps for {Self} {{ fn start(…) -> Result {{ … }} … }}`"
)]
pub trait WatchdogOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the watchdog is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: WatchdogHandlers;

    /// Has it bite in `timeout` seconds. Without a [`ping`](WatchdogOps::ping) that is how it is kept from it,
    /// too.
    ///
    /// # Errors
    ///
    /// Whatever `open(2)` is to fail with.
    fn start(&self, watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result;

    /// Has it not bite any more: also when it is taken away, with `stop_on_unregister`, and then after the
    /// device's `remove`.
    ///
    /// # Errors
    ///
    /// Any: it goes on then.
    fn stop(&self, watchdog: &WatchdogCall<'_, Self>) -> Result;

    /// Has it begin anew.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn ping(&self, watchdog: &WatchdogCall<'_, Self>) -> Result {
        let _ = watchdog;
        Err(EOPNOTSUPP)
    }

    /// Sets another time, from `min_timeout` to `max_timeout`. What is returned is what the hardware made of it.
    ///
    /// # Errors
    ///
    /// Whatever `ioctl(2)` is to fail with.
    fn set_timeout(&self, watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result<u32> {
        let _ = (watchdog, timeout);
        Err(EOPNOTSUPP)
    }

    /// How long it is until it bites.
    fn get_timeleft(&self, watchdog: &WatchdogCall<'_, Self>) -> u32 {
        let _ = watchdog;
        0
    }
}

/// Which handlers of [`WatchdogOps`] are there.
#[doc(hidden)]
pub struct WatchdogHandlers {
    pub ping: bool,
    pub set_timeout: bool,
    pub get_timeleft: bool,
}

impl WatchdogHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        ping: false,
        set_timeout: false,
        get_timeleft: false,
    };
}

call! {
    /// What a watchdog's handlers may reach.
    WatchdogCall of WatchdogOps
}

/// A watchdog with its handler: a field under `#[watchdog]`.
pub struct Watchdog<H> {
    watchdog: Held<kmod_watchdog>,
    handler: H,
}

impl<H> Watchdog<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            watchdog: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Watchdog<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[watchdog]` says of a field.
pub trait WatchdogField: Field {
    /// What it calls itself.
    const IDENTITY: &'static CStr;
    /// The time at first.
    const TIMEOUT: u32 = 60;
    /// The shortest time.
    const MIN_TIMEOUT: u32 = 1;
    /// The longest time; 0 for no end.
    const MAX_TIMEOUT: u32 = 0;
    /// Whether it cannot be stopped.
    const NOWAYOUT: bool = false;
    /// Whether it is stopped when it is taken away.
    const STOP_ON_UNREGISTER: bool = false;
}

// SAFETY: `kmod_watchdog_end()` is `watchdog_unregister_device()`, which takes the watchdog from whoever has it
// open, with the lock that is held around its functions.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Watchdog<H>
where
    H: WatchdogOps,
    F: WatchdogField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let plan = kmod_watchdog_plan {
            identity: F::IDENTITY.as_ptr(),
            timeout: F::TIMEOUT,
            min_timeout: F::MIN_TIMEOUT,
            max_timeout: F::MAX_TIMEOUT,
            nowayout: F::NOWAYOUT,
            stop_on_unregister: F::STOP_ON_UNREGISTER,
        };
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: The name and the functions are static, and the functions are for this field; the value stays
        // until it was unregistered (`register`'s contract).
        let made =
            unsafe { bindings::kmod_watchdog_make(parent, &plan, const { &ops::<H, F>() }, data) };
        self.watchdog.put(from_err_ptr(made)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(watchdog) = self.watchdog.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_watchdog_end(watchdog.as_ptr()) };
        }
    }
}

/// What the kernel calls for the watchdog that is the field `F`.
const fn ops<H, F>() -> kmod_watchdog_ops
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_watchdog_ops {
        start: Some(start::<H, F>),
        stop: Some(stop::<H, F>),
        ping: if has.ping { Some(ping::<H, F>) } else { None },
        set_timeout: if has.set_timeout {
            Some(set_timeout::<H, F>)
        } else {
            None
        },
        get_timeleft: if has.get_timeleft {
            Some(get_timeleft::<H, F>)
        } else {
            None
        },
    }
}

/// # Safety
///
/// The kernel calls it with the data that the watchdog was registered with, in process context.
unsafe extern "C" fn start<H, F>(data: *mut c_void, timeout: c_uint) -> c_int
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let start = |watchdog: &Watchdog<H>, instance: &F::Instance| {
        watchdog
            .handler
            .start(&WatchdogCall::new(instance), timeout)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, start) })
}

/// # Safety
///
/// As [`start`].
unsafe extern "C" fn stop<H, F>(data: *mut c_void) -> c_int
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let stop = |watchdog: &Watchdog<H>, instance: &F::Instance| {
        watchdog.handler.stop(&WatchdogCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), for which
    // `watchdog_unregister_device()` waits.
    to_int(unsafe { entered_or_last::<F, _>(data, stop) })
}

/// # Safety
///
/// As [`start`].
unsafe extern "C" fn ping<H, F>(data: *mut c_void) -> c_int
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let ping = |watchdog: &Watchdog<H>, instance: &F::Instance| {
        watchdog.handler.ping(&WatchdogCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, ping) })
}

/// # Safety
///
/// As [`start`].
unsafe extern "C" fn set_timeout<H, F>(data: *mut c_void, timeout: c_uint) -> c_int
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let set = |watchdog: &Watchdog<H>, instance: &F::Instance| {
        watchdog
            .handler
            .set_timeout(&WatchdogCall::new(instance), timeout)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    number_to_int(unsafe { entered::<F, _>(data, set) })
}

/// # Safety
///
/// As [`start`].
unsafe extern "C" fn get_timeleft<H, F>(data: *mut c_void) -> c_uint
where
    H: WatchdogOps,
    F: Field<Type = Watchdog<H>, Instance: Belongs<H::Instance>>,
{
    let get = |watchdog: &Watchdog<H>, instance: &F::Instance| {
        Ok(watchdog.handler.get_timeleft(&WatchdogCall::new(instance)))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    unsafe { entered::<F, _>(data, get) }.unwrap_or(0)
}
