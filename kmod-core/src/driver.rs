// SPDX-License-Identifier: GPL-2.0-only
//! What drivers of all buses have in common: the struct of a device that is bound to one.

use core::ffi::{CStr, c_int};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, device, ida};

use crate::error::Result;
use crate::instance::{Around, Device, Instance, Place, Placed};
use crate::module::Module;

/// The devices of a driver of the module `M`, which have structs of the type `D`.
pub(crate) struct Binding<M, D>(PhantomData<fn() -> (M, D)>);

/// What a device is suspended and resumed for.
#[derive(Clone, Copy)]
pub(crate) enum Power {
    /// The whole system sleeps: with the device's lock.
    Sleep,
    /// Nobody uses it, or somebody does again.
    Runtime,
}

impl<M: Module, D: Device> Binding<M, D> {
    /// Has `make` make the struct of a device, brings it up, and keeps it with the kernel's device. What
    /// is returned is for the driver core: an errno is that of what failed, and nothing is left then.
    ///
    /// # Safety
    ///
    /// A driver of `M` is being bound to `device`, which lives until it is unbound, and all its devices
    /// take their numbers from `indices`, which is initialised; `around` is for it. Process context.
    pub(crate) unsafe fn probe(
        device: *mut device,
        indices: *mut ida,
        make: impl FnOnce(u32) -> Result<D>,
        around: &impl Around,
    ) -> c_int {
        // SAFETY: `indices` is initialised (this function's contract).
        let index = unsafe { bindings::kmod_driver_index_get(indices) };
        let Ok(number) = u32::try_from(index) else {
            return index;
        };
        // SAFETY: A driver of `M` is being bound to the device (the caller's promise), and `around` is for it.
        let bring_up = |state| unsafe { Self::bring_up(device, number, state, around) };
        match make(number).and_then(bring_up) {
            Ok(()) => 0,
            Err(error) => {
                // SAFETY: It was taken above, and no device has it.
                unsafe { bindings::kmod_driver_index_put(indices, number) };
                error.to_errno()
            }
        }
    }

    /// Brings a device's struct up, and keeps it with the kernel's device.
    ///
    /// # Safety
    ///
    /// A driver of `M` is being bound to `device`, which lives until it is unbound, and `around` is for it.
    unsafe fn bring_up(device: *mut device, index: u32, state: D, around: &impl Around) -> Result {
        // SAFETY: A driver of `M` is being bound to `device`, which lives until it is unbound, and `around`
        // is for it (this function's contract).
        let placed = unsafe { Placed::bring_up::<M>(state, index, device, around) }?;
        // SAFETY: The device lives, and the field is its driver's.
        unsafe { bindings::kmod_driver_set_drvdata(device, placed.as_ptr().cast()) };
        Ok(())
    }

    /// What `bring_up` has kept with the device.
    ///
    /// # Safety
    ///
    /// The driver is bound to `device`.
    unsafe fn placed(device: *mut device) -> NonNull<Placed<D>> {
        // SAFETY: The device lives, and the field is its driver's.
        let placed = unsafe { bindings::kmod_driver_get_drvdata(device) };
        // SAFETY: `bring_up` has put it there.
        unsafe { NonNull::new_unchecked(placed.cast()) }
    }

    /// The struct of a device, if it has one: `None` before it is kept, and once it is not any more.
    ///
    /// # Safety
    ///
    /// The driver's field of `device`, which lives, is its own, and the struct is not dropped during `'a`.
    pub(crate) unsafe fn state<'a>(device: *mut device) -> Option<&'a D> {
        // SAFETY: The device lives, and the field is its driver's.
        let placed = unsafe { bindings::kmod_driver_get_drvdata(device) };
        let placed = NonNull::new(placed.cast::<Placed<D>>())?;
        // SAFETY: What is kept there is what `Placed::bring_up` has made, and it is not dropped meanwhile (this
        // function's contract).
        Some(unsafe { Placed::state(placed) }.0)
    }

    /// Takes the struct of a device down; `last` is called when nothing else of it runs any more.
    ///
    /// # Safety
    ///
    /// The driver is being unbound from `device`, to which [`probe`](Self::probe) bound it with
    /// `indices` and what `around` was then.
    pub(crate) unsafe fn remove(
        device: *mut device,
        indices: *mut ida,
        last: impl FnOnce(&D),
        around: &impl Around,
    ) {
        // SAFETY: The driver is bound until this returns.
        let placed = unsafe { Self::placed(device) };
        // SAFETY: `bring_up` has put it there, and it is taken down by the call below: a device is unbound
        // once (this function's contract).
        let (_, index) = unsafe { Placed::state(placed) };
        // SAFETY: `bring_up` gave it, with what `around` was then, and a device is unbound once (this
        // function's contract).
        unsafe { Placed::take_down(placed, last, around) };
        // SAFETY: The device lives, and the field is its driver's.
        unsafe { bindings::kmod_driver_set_drvdata(device, ptr::null_mut()) };
        // SAFETY: `probe` has taken it, and no object of the device is registered any more.
        unsafe { bindings::kmod_driver_index_put(indices, index) };
    }

    /// Calls a handler that suspends or resumes the device inside it. What is returned is for the driver core.
    ///
    /// # Safety
    ///
    /// The kernel calls a function of the driver for the power of `device`, to which it is bound, or is being.
    /// `remove` does not drop its struct meanwhile.
    pub(crate) unsafe fn power(
        device: *mut device,
        at: Power,
        handler: impl FnOnce(&D) -> Result,
    ) -> c_int {
        // SAFETY: The device lives, and the field is its driver's.
        let placed = unsafe { bindings::kmod_driver_get_drvdata(device) };
        let Some(placed) = NonNull::new(placed.cast::<Placed<D>>()) else {
            // There is nothing yet, or nothing any more, that could be suspended.
            return 0;
        };
        let call = || {
            // SAFETY: `bring_up` has put it there, and it is not dropped meanwhile (this function's contract).
            let (state, _) = unsafe { Placed::state(placed) };
            // SAFETY: The state lives; this is a callback of its device.
            unsafe { <D as Instance>::Place::enter(NonNull::from(state), handler) }
        };
        let called = match at {
            Power::Sleep => call(),
            // SAFETY: `bring_up` gave it, and `take_down` is not called meanwhile (this function's contract).
            Power::Runtime => unsafe { Placed::change_power(placed, call) },
        };
        match called.and_then(|result| result) {
            Ok(()) => 0,
            Err(error) => error.to_errno(),
        }
    }

    /// Calls `shutdown` inside the device.
    ///
    /// # Safety
    ///
    /// The kernel calls the driver's `shutdown`, with the lock of `device`, to which it is bound.
    pub(crate) unsafe fn shutdown(device: *mut device, shutdown: impl FnOnce(&D)) {
        // SAFETY: The driver is bound to it.
        let placed = unsafe { Self::placed(device) };
        // SAFETY: It is not unbound meanwhile: that takes the lock of the device, which is held.
        let (state, _) = unsafe { Placed::state(placed) };
        // SAFETY: The state lives; this is a callback of its device.
        let called = unsafe { <D as Instance>::Place::enter(NonNull::from(state), shutdown) };
        // Nobody closes it meanwhile.
        let _: Result = called;
    }
}

/// A device's name, by which sysfs knows it: `dev_name()`.
///
/// # Safety
///
/// The device lives during `'a`, and is not renamed.
pub(crate) unsafe fn name<'a>(device: *const device) -> &'a str {
    // SAFETY: The device lives (this function's contract).
    let name = unsafe { bindings::kmod_driver_dev_name(device) };
    // SAFETY: It is a string, which stays as it is (this function's contract).
    let name: &'a CStr = unsafe { CStr::from_ptr(name) };
    name.to_str().unwrap_or_default()
}
