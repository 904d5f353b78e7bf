// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel has of a field under `#[irq]`, and calls.

use core::ffi::{CStr, c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering;

use kmod_bindings::{self as bindings, irqreturn_t, kmod_irq_calls};

use super::{Irq, IrqCall, IrqHandler, IrqReturn, IrqSource};
use crate::error::Result;
use crate::instance::{At, Belongs, Field, Instance, Object, enter, instance_of};

/// The type of a field under `#[irq]` of the instance `I`.
///
/// # Safety
///
/// [`calls`](Interrupt::calls) has the field's address as its data, and functions that are for that, and
/// [`line`](Interrupt::line) gives what [`set_line`](Interrupt::set_line) was given last. Only [`Irq`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interrupt that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "an interrupt is `#[irq] name: Irq<Handler>`"
)]
pub unsafe trait Interrupt<I: Instance>: Sized + 'static {
    /// What the kernel is to call for the field `F`, which this is.
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, and stays where it is as long as the kernel may make
    /// the calls.
    unsafe fn calls<F: IrqField<Instance = I, Type = Self>>(&self) -> kmod_irq_calls;

    /// The kernel's number of its line, or 0.
    fn line(&self) -> c_uint;

    /// It has this line from now on, or with 0 none.
    fn set_line(&self, line: c_uint);
}

// SAFETY: `calls` gives the value's address.
unsafe impl<H, I> Interrupt<I> for Irq<H>
where
    H: IrqHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn calls<F: IrqField<Instance = I, Type = Self>>(&self) -> kmod_irq_calls {
        const {
            assert!(
                H::HANDLERS.handle || H::HANDLERS.thread,
                "nobody handles it"
            )
        };
        type Function = unsafe extern "C" fn(c_int, *mut c_void) -> irqreturn_t;
        kmod_irq_calls {
            handler: H::HANDLERS.handle.then_some(irq_raised::<H, F> as Function),
            thread: H::HANDLERS.thread.then_some(irq_thread::<H, F> as Function),
            data: ptr::from_ref(self).cast_mut().cast(),
            field: if F::SOURCE.is_alone() {
                ptr::null()
            } else {
                F::NAME.as_ptr()
            },
        }
    }

    fn line(&self) -> c_uint {
        self.line.load(Ordering::Relaxed)
    }

    fn set_line(&self, line: c_uint) {
        self.line.store(line, Ordering::Relaxed);
    }
}

/// What the kernel calls for the interrupt that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the field that was registered with it.
unsafe extern "C" fn irq_raised<H, F>(_line: c_int, data: *mut c_void) -> irqreturn_t
where
    H: IrqHandler,
    F: Field<Type = Irq<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, which is not null.
    let value = unsafe { NonNull::<Irq<H>>::new_unchecked(data.cast()) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during this callback.
    let irq = unsafe { value.as_ref() };
    let call = IrqCall {
        instance: instance.instance(),
    };
    match irq.handler.handle(&call) {
        IrqReturn::None => bindings::KMOD_IRQ_NONE,
        IrqReturn::WakeThread if H::HANDLERS.thread => bindings::KMOD_IRQ_WAKE_THREAD,
        IrqReturn::Handled | IrqReturn::WakeThread => bindings::KMOD_IRQ_HANDLED,
    }
}

/// What the kernel's thread calls for the interrupt that is the field `F`.
///
/// # Safety
///
/// As [`irq_raised`].
unsafe extern "C" fn irq_thread<H, F>(_line: c_int, data: *mut c_void) -> irqreturn_t
where
    H: IrqHandler,
    F: Field<Type = Irq<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, which is not null.
    let value = unsafe { NonNull::<Irq<H>>::new_unchecked(data.cast()) };
    let thread = |instance: &F::Instance, irq: &Irq<H>| {
        let instance = instance.instance();
        irq.handler.thread(&IrqCall { instance });
    };
    // What comes while its instance closes is nobody's any more.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    let _ = unsafe { enter::<F, ()>(value, thread) };
    bindings::KMOD_IRQ_HANDLED
}

/// A field under `#[irq]`.
///
/// # Safety
///
/// Of the fields of its instance with a vector, each has another one, and each names those of all as `all`, in
/// field order.
pub unsafe trait IrqField: Field<Type: Interrupt<Self::Instance>> {
    /// Where it comes from.
    const SOURCE: IrqSource;
    /// The field's name.
    const NAME: &'static CStr;
}

/// The interrupt of a field under `#[irq]`.
pub struct IrqObject<F>(PhantomData<fn() -> F>);

impl<F: IrqField> IrqObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: `IrqSource::free` waits for handlers and the thread.
unsafe impl<F: IrqField> Object for IrqObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let irq = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, which stays until it was unregistered (the caller's promise).
        let calls = unsafe { irq.calls::<F>() };
        // SAFETY: The device is being bound, so that it is enabled, and its objects are being registered in field
        // order, of which those with a vector are as `request` wants them (`IrqField`'s contract). The functions
        // are for the field (`Interrupt`'s contract).
        irq.set_line(unsafe { F::SOURCE.request(at, &calls) }?);
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let irq = unsafe { at.value::<F>() };
        let data = ptr::from_ref(irq).cast_mut().cast();
        // SAFETY: `register` was given the line for this address, and objects are unregistered in reverse order.
        unsafe { F::SOURCE.free(at, irq.line(), data) };
        irq.set_line(0);
    }
}
