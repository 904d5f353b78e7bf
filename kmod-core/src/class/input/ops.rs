// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel calls of an input device.

use core::ffi::{c_int, c_uint, c_void};

use kmod_bindings::{self as bindings, kmod_input_ops};

use super::Input;
use crate::class::{beside, call, entered, entered_or_last, to_int};
use crate::error::Result;
use crate::instance::{Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What an input device does when somebody looks at it, in process context. `()` does nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what an input device does",
    label = "the handler of an input device says so",
    note = "write `#[handlers] impl InputOps for {Self} {{ … }}`, or `Input` for one that only reports"
)]
pub trait InputOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the device is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: InputHandlers;

    /// Somebody looks at the device, and nobody did before: from now on it has to report.
    ///
    /// # Errors
    ///
    /// Any: who wants to look at it gets it.
    fn open(&self, input: &InputCall<'_, Self>) -> Result {
        let _ = input;
        Ok(())
    }

    /// Nobody looks at it any more, or it is being taken away while somebody does: then after the device's
    /// `remove`, while the objects of the fields before it are still registered.
    fn close(&self, input: &InputCall<'_, Self>) {
        let _ = input;
    }

    /// Looks how it is, and reports that: called again and again while somebody looks at it.
    fn poll(&self, input: &InputCall<'_, Self>) {
        let _ = input;
    }

    /// Has the device shake or pull as this says from now on, in atomic context: the sum of all effects that user
    /// space has it play. All zeroes end it, also when the device is taken away: then after its `remove`, while the
    /// objects of the fields before it are still registered.
    fn play_effect(&self, input: &InputCall<'_, Self>, effect: FfEffect) {
        let _ = (input, effect);
    }
}

/// What user space wants to be felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FfEffect {
    /// Two motors shake, a heavy one and a light one: `FF_RUMBLE`.
    Rumble {
        /// How much the heavy one shakes.
        strong: u16,
        /// How much the light one shakes.
        weak: u16,
    },
    /// Something pulls: `FF_CONSTANT`, of which the kernel makes what it is on two axes.
    Constant {
        /// How much to the side, from -0x7f to 0x7f.
        x: i16,
        /// How much up or down, from -0x7f to 0x7f.
        y: i16,
    },
}

impl FfEffect {
    /// As C tells of it, which has 16 bits of each.
    pub(crate) fn told(kind: c_uint, first: c_int, second: c_uint) -> Self {
        if kind == bindings::FF_RUMBLE {
            Self::Rumble {
                strong: first as u16,
                weak: second as u16,
            }
        } else {
            Self::Constant {
                x: first as i16,
                y: second as i16,
            }
        }
    }
}

/// Which handlers of [`InputOps`] are there.
#[doc(hidden)]
pub struct InputHandlers {
    pub open: bool,
    pub close: bool,
    pub poll: bool,
    pub play_effect: bool,
}

impl InputHandlers {
    /// None.
    pub const NONE: Self = Self {
        open: false,
        close: false,
        poll: false,
        play_effect: false,
    };
}

impl InputOps for () {
    type Module = ();
    type Instance = ();

    const HANDLERS: InputHandlers = InputHandlers::NONE;
}

call! {
    /// What the handlers of an input device may reach.
    InputCall of InputOps
}

/// What the kernel calls for the device that is the field `F`.
pub(super) const fn ops<H, F>() -> kmod_input_ops
where
    H: InputOps,
    F: Field<Type = Input<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_input_ops {
        open: if has.open { Some(open::<H, F>) } else { None },
        close: if has.close { Some(close::<H, F>) } else { None },
        poll: if has.poll { Some(poll::<H, F>) } else { None },
        play_effect: if has.play_effect {
            Some(input_play_effect::<H, F>)
        } else {
            None
        },
    }
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with, in process context.
unsafe extern "C" fn open<H, F>(data: *mut c_void) -> c_int
where
    H: InputOps,
    F: Field<Type = Input<H>, Instance: Belongs<H::Instance>>,
{
    let open =
        |input: &Input<H>, instance: &F::Instance| input.handler.open(&InputCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, open) })
}

/// # Safety
///
/// As [`open`].
unsafe extern "C" fn close<H, F>(data: *mut c_void)
where
    H: InputOps,
    F: Field<Type = Input<H>, Instance: Belongs<H::Instance>>,
{
    let close =
        |input: &Input<H>, instance: &F::Instance| input.handler.close(&InputCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), for which
    // `input_unregister_device()` waits.
    unsafe { entered_or_last::<F, _>(data, close) };
}

/// # Safety
///
/// As [`open`].
unsafe extern "C" fn poll<H, F>(data: *mut c_void)
where
    H: InputOps,
    F: Field<Type = Input<H>, Instance: Belongs<H::Instance>>,
{
    let poll = |input: &Input<H>, instance: &F::Instance| {
        input.handler.poll(&InputCall::new(instance));
        Ok(())
    };
    // What is polled while its instance closes says nothing.
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    let _: Result = unsafe { entered::<F, _>(data, poll) };
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with, under the lock with which it stops
/// all effects before the device is gone.
unsafe extern "C" fn input_play_effect<H, F>(
    data: *mut c_void,
    kind: c_uint,
    first: c_int,
    second: c_uint,
) where
    H: InputOps,
    F: Field<Type = Input<H>, Instance: Belongs<H::Instance>>,
{
    let effect = FfEffect::told(kind, first, second);
    let play = |input: &Input<H>, instance: &F::Instance| {
        input.handler.play_effect(&InputCall::new(instance), effect);
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), for which
    // `input_unregister_device()` waits.
    unsafe { beside::<F, _>(data, play) };
}
