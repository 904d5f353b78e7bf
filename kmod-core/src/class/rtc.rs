// SPDX-License-Identifier: GPL-2.0-only
//! Clocks that run when the machine does not: the kernel's `struct rtc_device`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Tells the time
//! #[kernel_module(name = "clock", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "clock", devices = 1)]
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
//!     #[rtc(range = 0..=0xffff_ffff)]
//!     clock: Rtc<Clock>,
//! }
//!
//! #[derive(Default)]
//! struct Clock(AtomicI64);
//!
//! #[handlers]
//! impl RtcOps for Clock {
//!     fn read_time(&self, _rtc: &RtcCall<'_, Self>) -> Result<i64> {
//!         Ok(self.0.load(Ordering::Relaxed))
//!     }
//!
//!     fn set_time(&self, _rtc: &RtcCall<'_, Self>, time: i64) -> Result {
//!         self.0.store(time, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{c_int, c_longlong, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_rtc, kmod_rtc_ops, kmod_rtc_plan};

use super::{ClassDevice, Held, call, entered, to_int};
use crate::error::code::{ENODEV, EOPNOTSUPP};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a clock does, in process context, one call after the other. Times are seconds since 1970.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a clock does",
    label = "a clock's handler says so",
    note = "write `#[handlers] impl RtcOps for {Self} {{ fn read_time(…) -> Result<i64> {{ … }} }}`"
)]
pub trait RtcOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The device's struct of which the clock is a field, if the handler uses it; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: RtcHandlers;

    /// What time it is. `ERANGE` comes of one that is not in the years 1900 to 9999, and of old kernels `EINVAL`
    /// of one before 1970.
    ///
    /// # Errors
    ///
    /// Whatever who asks is to be told; `EINVAL` says that the clock has stopped, and does not know.
    fn read_time(&self, rtc: &RtcCall<'_, Self>) -> Result<i64>;

    /// Sets it, to a time in the clock's range.
    ///
    /// # Errors
    ///
    /// Whatever `ioctl(2)` is to fail with.
    fn set_time(&self, rtc: &RtcCall<'_, Self>, time: i64) -> Result {
        let _ = (rtc, time);
        Err(EOPNOTSUPP)
    }
}

/// Which handlers of [`RtcOps`] are there.
#[doc(hidden)]
pub struct RtcHandlers {
    pub set_time: bool,
}

impl RtcHandlers {
    /// What must be there.
    pub const NONE: Self = Self { set_time: false };
}

call! {
    /// What a clock's handlers may reach.
    RtcCall of RtcOps
}

/// A clock with its handler: a field under `#[rtc]`.
pub struct Rtc<H> {
    rtc: Held<kmod_rtc>,
    handler: H,
}

impl<H> Rtc<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            rtc: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Rtc<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[rtc]` says of a field, the only one of its instance.
///
/// # Safety
///
/// No other field of its instance is one.
pub unsafe trait RtcField: Field {
    /// The times that the clock can have.
    const RANGE: Option<(i64, i64)> = None;
}

// SAFETY: `kmod_rtc_end()` undoes the clock's registration, which takes its functions from it with the lock
// that is held around them.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Rtc<H>
where
    H: RtcOps,
    F: RtcField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let (range_min, range_max) = F::RANGE.unwrap_or((0, 0));
        let plan = kmod_rtc_plan {
            range_min,
            range_max: range_max.cast_unsigned(),
        };
        let parent = at.parent().ok_or(ENODEV)?;
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            &kmod_rtc_ops {
                read_time: Some(read_time::<H, F>),
                set_time: if H::HANDLERS.set_time {
                    Some(set_time::<H, F>)
                } else {
                    None
                },
            }
        };
        // SAFETY: The functions are static, and for this field; the value stays until it was unregistered
        // (`register`'s contract). It is the only clock of its parent (`RtcField`'s contract).
        let made = unsafe { bindings::kmod_rtc_make(parent, &plan, ops, data) };
        self.rtc.put(from_err_ptr(made)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(rtc) = self.rtc.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_rtc_end(rtc.as_ptr()) };
        }
    }
}

/// # Safety
///
/// The kernel calls it with the data that the clock was registered with, in process context; `time` may be
/// written.
unsafe extern "C" fn read_time<H, F>(data: *mut c_void, time: *mut c_longlong) -> c_int
where
    H: RtcOps,
    F: Field<Type = Rtc<H>, Instance: Belongs<H::Instance>>,
{
    let read =
        |rtc: &Rtc<H>, instance: &F::Instance| rtc.handler.read_time(&RtcCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    match unsafe { entered::<F, _>(data, read) } {
        Ok(now) => {
            // SAFETY: It may be written (this function's contract).
            unsafe { time.write(now) };
            0
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`read_time`].
unsafe extern "C" fn set_time<H, F>(data: *mut c_void, time: c_longlong) -> c_int
where
    H: RtcOps,
    F: Field<Type = Rtc<H>, Instance: Belongs<H::Instance>>,
{
    let set =
        |rtc: &Rtc<H>, instance: &F::Instance| rtc.handler.set_time(&RtcCall::new(instance), time);
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}
