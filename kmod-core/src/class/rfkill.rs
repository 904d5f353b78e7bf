// SPDX-License-Identifier: GPL-2.0-only
//! Radios that can be blocked: the kernel's `struct rfkill`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has a radio
//! #[kernel_module(name = "radio", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[rfkill(name = "radio", kind = bluetooth)]
//!     radio: Rfkill<Radio>,
//! }
//!
//! #[derive(Default)]
//! struct Radio {
//!     is_on: AtomicBool,
//!     /// The slider at the laptop's side.
//!     is_slid: AtomicBool,
//! }
//!
//! #[handlers]
//! impl RfkillOps for Radio {
//!     type Instance = Module;
//!
//!     fn set_block(&self, _rfkill: &RfkillCall<'_, Self>, blocked: bool) -> Result {
//!         self.is_on.store(!blocked, Ordering::Relaxed);
//!         Ok(())
//!     }
//!
//!     fn poll(&self, rfkill: &RfkillCall<'_, Self>) {
//!         let is_slid = self.is_slid.load(Ordering::Relaxed);
//!         rfkill.instance().radio.set_hw_state(is_slid);
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use kmod_bindings::{self as bindings, kmod_rfkill, kmod_rfkill_ops, kmod_rfkill_plan};

use super::{ClassDevice, call, entered, to_int};
use crate::chrdev::NodeName;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a radio does, in process context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a radio does",
    label = "a radio's handler says so",
    note = "write `#[handlers] impl RfkillOps for {Self} {{ fn set_block(…) -> Result {{ … }} }}`"
)]
pub trait RfkillOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the radio is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: RfkillHandlers;

    /// Turns the radio off, or on again: also soon after it was registered, when it gets the state that all
    /// radios of its kind have, and when the system resumes.
    ///
    /// # Errors
    ///
    /// Any: the radio is as blocked as it was. Who wrote is not told.
    fn set_block(&self, rfkill: &RfkillCall<'_, Self>, blocked: bool) -> Result;

    /// Looks how the radio is, and says so by [`set_hw_state`](Rfkill::set_hw_state) or
    /// [`set_sw_state`](Rfkill::set_sw_state): called every few seconds.
    fn poll(&self, rfkill: &RfkillCall<'_, Self>) {
        let _ = rfkill;
    }

    /// The same, called before the radio is registered, and before each [`set_block`](RfkillOps::set_block).
    fn query(&self, rfkill: &RfkillCall<'_, Self>) {
        let _ = rfkill;
    }
}

/// Which handlers of [`RfkillOps`] are there.
#[doc(hidden)]
pub struct RfkillHandlers {
    pub poll: bool,
    pub query: bool,
}

impl RfkillHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        poll: false,
        query: false,
    };
}

call! {
    /// What a radio's handlers may reach.
    RfkillCall of RfkillOps
}

/// A radio with its handler: a field under `#[rfkill]`.
///
/// Its state may be set anywhere, by its handlers and by others. Before it is registered, once its instance is
/// being taken away, and if no attribute knows it, nothing is set: it is blocked as it was to be.
///
/// # Invariants
///
/// `rfkill` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct Rfkill<H> {
    rfkill: UnsafeCell<MaybeUninit<kmod_rfkill>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for Rfkill<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for Rfkill<H> {}

impl<H> Rfkill<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            rfkill: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Says whether the hardware blocks the radio, by a switch, say: the kernel's `rfkill_set_hw_state()`. It
    /// returns whether the radio is blocked, by this or by `set_block`, and has to be off.
    pub fn set_hw_state(&self, blocked: bool) -> bool {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_rfkill_set_hw_state(self.as_ptr(), blocked) }
    }

    /// Says that the radio was blocked, or is not any more, by what `set_block` stands for, but by the firmware
    /// and not by this: `rfkill_set_sw_state()`. It returns whether the radio is blocked, by this or by hardware.
    pub fn set_sw_state(&self, blocked: bool) -> bool {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_rfkill_set_sw_state(self.as_ptr(), blocked) }
    }

    /// Whether the radio is blocked, by hardware or not: `rfkill_blocked()`.
    pub fn is_blocked(&self) -> bool {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_rfkill_blocked(self.as_ptr()) }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_rfkill {
        self.rfkill.get().cast()
    }
}

impl<H: Default> Default for Rfkill<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[rfkill]` says of a field.
pub trait RfkillField: Field {
    /// Its name, which its file `name` shows.
    const NAME: NodeName;
    /// What kind of radio it is.
    const KIND: u32;
    /// Whether the hardware keeps what was set, when it is off, too.
    const PERSISTENT: bool = false;
}

/// The kind of this name, of those that `#[rfkill(kind = …)]` takes.
pub const fn rfkill_kind(name: &str) -> u32 {
    match name.as_bytes() {
        b"bluetooth" => bindings::KMOD_RFKILL_BLUETOOTH,
        b"uwb" => bindings::KMOD_RFKILL_UWB,
        b"wimax" => bindings::KMOD_RFKILL_WIMAX,
        b"wwan" => bindings::KMOD_RFKILL_WWAN,
        b"gps" => bindings::KMOD_RFKILL_GPS,
        b"fm" => bindings::KMOD_RFKILL_FM,
        b"nfc" => bindings::KMOD_RFKILL_NFC,
        _ => bindings::KMOD_RFKILL_WLAN,
    }
}

// SAFETY: What sets a state passes the door that `close` shuts; `kmod_rfkill_end()` waits for who is inside, and
// is `rfkill_unregister()`, which ends the radio's works, takes its files away, and takes it from the list of
// radios with the lock that is held around its functions.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Rfkill<H>
where
    H: RfkillOps,
    F: RfkillField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.query || !F::PERSISTENT,
                "what is `persistent` is known by a `query`"
            )
        }
        let plan = kmod_rfkill_plan {
            name: super::name(const { &F::NAME }, at),
            type_: F::KIND,
            persistent: F::PERSISTENT,
        };
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const { &ops::<H, F>() };
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made. The functions are static, and for this field; the value stays until it was
        // unregistered (`register`'s contract).
        to_result(unsafe { bindings::kmod_rfkill_make(self.as_ptr(), parent, &plan, ops, data) })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (`close`'s contract).
        unsafe { bindings::kmod_rfkill_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_rfkill_end(self.as_ptr()) };
    }
}

/// What the kernel calls for the radio that is the field `F`.
const fn ops<H, F>() -> kmod_rfkill_ops
where
    H: RfkillOps,
    F: Field<Type = Rfkill<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_rfkill_ops {
        set_block: Some(set_block::<H, F>),
        poll: if has.poll { Some(poll::<H, F>) } else { None },
        query: if has.query { Some(query::<H, F>) } else { None },
    }
}

/// # Safety
///
/// The kernel calls it with the data that the radio was registered with, in process context.
unsafe extern "C" fn set_block<H, F>(data: *mut c_void, blocked: bool) -> c_int
where
    H: RfkillOps,
    F: Field<Type = Rfkill<H>, Instance: Belongs<H::Instance>>,
{
    let set = |rfkill: &Rfkill<H>, instance: &F::Instance| {
        let call = RfkillCall::new(instance);
        rfkill.handler.set_block(&call, blocked)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}

/// # Safety
///
/// As [`set_block`].
unsafe extern "C" fn poll<H, F>(data: *mut c_void)
where
    H: RfkillOps,
    F: Field<Type = Rfkill<H>, Instance: Belongs<H::Instance>>,
{
    let poll = |rfkill: &Rfkill<H>, instance: &F::Instance| {
        rfkill.handler.poll(&RfkillCall::new(instance));
        Ok(())
    };
    // What is polled while its instance closes says nothing.
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    let _: Result = unsafe { entered::<F, _>(data, poll) };
}

/// # Safety
///
/// As [`set_block`].
unsafe extern "C" fn query<H, F>(data: *mut c_void)
where
    H: RfkillOps,
    F: Field<Type = Rfkill<H>, Instance: Belongs<H::Instance>>,
{
    let query = |rfkill: &Rfkill<H>, instance: &F::Instance| {
        rfkill.handler.query(&RfkillCall::new(instance));
        Ok(())
    };
    // As of one that is polled.
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    let _: Result = unsafe { entered::<F, _>(data, query) };
}
