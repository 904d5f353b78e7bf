// SPDX-License-Identifier: GPL-2.0-only
//! What a device sends by itself: a transfer that nobody waits for, with a handler that is called when something has
//! come, and that begins anew.
//!
//! ```
//! use kmod_core::prelude::*;
//! # #[kernel_module(name = "m", license = "GPL")]
//! # #[derive(Default)]
//! # struct Module {
//! #     #[usb_driver(ids = [(0x1234, 0x5678)])]
//! #     buttons: Driver,
//! # }
//! # #[derive(Default)]
//! # struct Driver;
//!
//! #[handlers]
//! impl UsbDriver for Driver {
//!     type Device = Buttons;
//!
//!     fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Buttons> {
//!         let endpoint: UsbEndpoint<Interrupt, In> = device.endpoint(0)?;
//!         Ok(Buttons {
//!             reports: Urb::new(Reports, &endpoint, endpoint.max_packet().into()),
//!             pressed: AtomicU32::new(0),
//!         })
//!     }
//! }
//!
//! #[device]
//! struct Buttons {
//!     #[urb(submit = true)]
//!     reports: Urb<Reports>,
//!     #[sysfs]
//!     pressed: AtomicU32,
//! }
//!
//! struct Reports;
//!
//! #[handlers]
//! impl UrbHandler for Reports {
//!     type Instance = Buttons;
//!
//!     fn completed(&self, urb: &UrbCall<'_, Self>, received: Result<&[u8]>) -> UrbReturn {
//!         if let Ok([1, ..]) = received {
//!             urb.instance().pressed.fetch_add(1, Ordering::Relaxed);
//!         }
//!         UrbReturn::Resubmit
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{c_int, c_uchar, c_uint, c_void};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::slice;

use kmod_bindings::{self as bindings, device, kmod_urb};

use super::{In, UsbEndpoint, UsbTransfer};
use crate::bus::Pointer;
use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Gate, Instance, ModuleState, Object, instance_of};
use crate::sync::Shared;

/// What is done with what a device has sent, in atomic context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is done when a transfer is over",
    label = "an URB's handler says so",
    note = "write `#[handlers] impl UrbHandler for {Self} {{ fn completed(…) -> UrbReturn {{ … }} }}`"
)]
pub trait UrbHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the URB is a field, if the handler uses it; `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Something has come, or could not: the errors are those of
    /// [`UsbInterface`](super::UsbInterface#errors), but for `ENODEV` and for what is ended by
    /// [`kill`](Urb::kill) or a suspend, of which it is not told. It never runs twice at once.
    fn completed(&self, urb: &UrbCall<'_, Self>, received: Result<&[u8]>) -> UrbReturn;
}

/// Whether the device is asked once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrbReturn {
    /// Not before the URB is submitted again.
    Done,
    /// At once.
    Resubmit,
}

/// The transfer that a handler is called for.
pub struct UrbCall<'a, H: UrbHandler> {
    instance: &'a H::Instance,
}

impl<'a, H: UrbHandler> UrbCall<'a, H> {
    /// The struct of which the URB is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A transfer from the device with its handler, a `struct urb`: a field under [`#[urb]`](macro@crate::urb) of its
/// device.
///
/// It can be submitted while the device is bound: from when its objects are registered until it is taken away. Before
/// and after that, and if no attribute knows it, it answers `ENODEV`. While the device is suspended it rests.
///
/// # Invariants
///
/// The gate is open only while `urb` is what was made for this value.
pub struct Urb<H> {
    urb: Pointer<kmod_urb>,
    gate: Gate,
    kind: c_uint,
    address: u8,
    size: u32,
    handler: H,
}

impl<H> Urb<H> {
    /// One that takes up to `size` bytes at a time from an endpoint: a multiple of its packets' size, or a device
    /// that sends more gives `EOVERFLOW`.
    pub fn new<T: UsbTransfer>(handler: H, endpoint: &UsbEndpoint<T, In>, size: u32) -> Self {
        Self {
            urb: Pointer::none(),
            gate: Gate::new(),
            kind: T::NUMBER,
            address: endpoint.address(),
            size,
            handler,
        }
    }

    /// Has the device be asked, until its handler returns [`UrbReturn::Done`]: `usb_submit_urb()`. May be called
    /// anywhere.
    ///
    /// # Errors
    ///
    /// `EBUSY` if it is under way, `EHOSTUNREACH` if the device is suspended, `ENODEV`, `ENOMEM`.
    pub fn submit(&self) -> Result {
        let submit = || {
            // SAFETY: The gate is open: it was made for this value, and is there (invariant).
            to_result(unsafe { bindings::kmod_urb_submit(self.urb.get()?) })
        };
        self.gate.pass(submit).ok_or(ENODEV)?.map(drop)
    }

    /// Ends what is under way, and waits for its handler: `usb_kill_urb()`.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn kill(&self) -> Result {
        let kill = || {
            // SAFETY: The gate is open: it was made for this value, and is there (invariant).
            unsafe { bindings::kmod_urb_kill(self.urb.get()?) };
            Ok(())
        };
        // Whoever shuts the gate waits, which is not long.
        self.gate.pass(kill).ok_or(ENODEV)?
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

/// What is called when a transfer is over.
type Function = unsafe extern "C" fn(*mut c_void, c_int, *const c_uchar, c_uint) -> bool;

mod sealed {
    use super::{Gate, Pointer, kmod_urb};
    use core::ffi::c_uint;

    /// What an URB is made of.
    pub struct Parts<'a> {
        pub(crate) urb: &'a Pointer<kmod_urb>,
        pub(crate) gate: &'a Gate,
        pub(crate) kind: c_uint,
        pub(crate) address: u8,
        pub(crate) size: u32,
    }

    pub trait Sealed {
        fn parts(&self) -> Parts<'_>;
    }
}

impl<H> sealed::Sealed for Urb<H> {
    fn parts(&self) -> sealed::Parts<'_> {
        sealed::Parts {
            urb: &self.urb,
            gate: &self.gate,
            kind: self.kind,
            address: self.address,
            size: self.size,
        }
    }
}

/// The type of a field under `#[urb]` of the instance `I`.
///
/// # Safety
///
/// [`function`](IsUrb::function) is to be called with the field's address. Only [`Urb`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an URB of `{I}`",
    label = "the attribute of this field does not fit its type",
    note = "write `#[urb] name: Urb<Handler>`, of a handler with `type Instance = {I}` or none"
)]
pub unsafe trait IsUrb<I: Instance>: sealed::Sealed + Sized + 'static {
    /// What is called for the field `F`.
    fn function<F: UrbField<Instance = I, Type = Self>>() -> Function;
}

// SAFETY: `urb_completed` takes the field's address.
unsafe impl<H, I> IsUrb<I> for Urb<H>
where
    H: UrbHandler,
    I: Instance + Belongs<H::Instance>,
{
    fn function<F: UrbField<Instance = I, Type = Self>>() -> Function {
        urb_completed::<H, F>
    }
}

/// What is called for the field `F` when its transfer is over.
///
/// # Safety
///
/// `data` is the address of that field, which is registered until this returns, and `bytes` points to `count` bytes
/// that nobody changes meanwhile.
unsafe extern "C" fn urb_completed<H, F>(
    data: *mut c_void,
    status: c_int,
    bytes: *const c_uchar,
    count: c_uint,
) -> bool
where
    H: UrbHandler,
    F: Field<Type = Urb<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, which is not null.
    let value = unsafe { NonNull::<Urb<H>>::new_unchecked(data.cast()) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during this callback.
    let urb = unsafe { value.as_ref() };
    let call = UrbCall {
        instance: instance.instance(),
    };
    let received = to_result(status).map(|_| {
        // SAFETY: There are as many bytes, which nobody changes meanwhile (this function's contract).
        unsafe { slice::from_raw_parts(bytes, count as usize) }
    });
    urb.handler.completed(&call, received) == UrbReturn::Resubmit
}

/// A field under `#[urb]`.
pub trait UrbField: Field<Type: IsUrb<Self::Instance>> {
    /// Whether it is submitted with its device.
    const SUBMIT: bool = false;
}

/// The object of a field under `#[urb]`.
pub struct UrbObject<F>(PhantomData<fn() -> F>);

impl<F: UrbField> UrbObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The device whose object is registered with `at`.
fn device_of(at: &At) -> Result<NonNull<device>> {
    at.parent().and_then(NonNull::new).ok_or(ENODEV)
}

// SAFETY: Whoever submits it passes the gate that `close` shuts, which waits for those who do; `kmod_urb_free()`
// waits for the handler, after which it is not called any more.
unsafe impl<F: UrbField> Object for UrbObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        use sealed::Sealed as _;
        let device = device_of(at)?.as_ptr();
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        let data = ptr::from_ref(value).cast_mut().cast();
        let function = Some(F::Type::function::<F>());
        let parts = value.parts();
        let (kind, address) = (parts.kind, parts.address.into());
        let mut urb = ptr::null_mut();
        // SAFETY: The device lives, and its driver is being bound; the field, with whose address the function is
        // called, stays until the URB was freed.
        to_result(unsafe {
            bindings::kmod_urb_make(device, kind, address, parts.size, function, data, &mut urb)
        })?;
        // SAFETY: It was made, and is freed after `clear`, when the gate was shut: nobody is on the way through.
        unsafe { parts.urb.set(urb) }?;
        // INVARIANT: It was made for this value.
        parts.gate.open();
        if F::SUBMIT {
            // SAFETY: It was made above.
            let submitted = to_result(unsafe { bindings::kmod_urb_submit(urb) });
            if let Err(error) = submitted {
                // SAFETY: It is registered with `at`, as far as these two look.
                unsafe { self.close(at) };
                // SAFETY: As for `close`, which was called.
                unsafe { self.unregister(at) };
                return Err(error);
            }
        }
        Ok(())
    }

    unsafe fn close(&self, at: &At) {
        use sealed::Sealed as _;
        // SAFETY: The instance is at `at` (the caller's promise).
        unsafe { at.value::<F>() }.parts().gate.shut();
    }

    unsafe fn unregister(&self, at: &At) {
        use sealed::Sealed as _;
        // SAFETY: The instance is at `at` (the caller's promise).
        let parts = unsafe { at.value::<F>() }.parts();
        if let Ok(urb) = parts.urb.get() {
            parts.urb.clear();
            // SAFETY: `register` has made it, and the gate is shut (the caller's promise): nobody else has it.
            unsafe { bindings::kmod_urb_free(urb) };
        }
    }
}
