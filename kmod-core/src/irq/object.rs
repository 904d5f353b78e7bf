// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel has of a field under `#[irq]`, and calls.

use core::ffi::{CStr, c_int, c_void};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::slice;
use core::sync::atomic::Ordering;

use kmod_bindings::{self as bindings, irqreturn_t, kmod_irq_calls};

use super::{Irq, IrqCall, IrqHandler, IrqReturn, IrqSource};
use crate::error::Result;
use crate::instance::{At, Belongs, Field, Instance, Object, enter, instance_of};

/// The type of a field under `#[irq]` of the instance `I`.
///
/// # Safety
///
/// [`all`](Interrupt::all) gives [`COUNT`](Interrupt::COUNT) interrupts, which the value is made of. Only [`Irq`] and arrays
/// of it implement this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interrupt that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "an interrupt is `#[irq] name: Irq<Handler>`, and several are `[Irq<Handler>; 4]`"
)]
pub unsafe trait Interrupt<I: Instance>: Sized + 'static {
    /// What handles them.
    type Handler: IrqHandler;

    /// How many there are.
    const COUNT: usize;

    /// They.
    fn all(&self) -> &[Irq<Self::Handler>];

    /// The struct of which they are a field.
    fn instance(instance: &I) -> &<Self::Handler as IrqHandler>::Instance;
}

// SAFETY: It is one interrupt, which `all` gives and `COUNT` counts (`Interrupt`'s contract).
unsafe impl<H, I> Interrupt<I> for Irq<H>
where
    H: IrqHandler,
    I: Instance + Belongs<H::Instance>,
{
    type Handler = H;

    const COUNT: usize = 1;

    fn all(&self) -> &[Self] {
        slice::from_ref(self)
    }

    #[inline(always)]
    fn instance(instance: &I) -> &H::Instance {
        instance.instance()
    }
}

// SAFETY: It is `N` interrupts, which `all` gives and `COUNT` counts (`Interrupt`'s contract).
unsafe impl<H, I, const N: usize> Interrupt<I> for [Irq<H>; N]
where
    H: IrqHandler,
    I: Instance + Belongs<H::Instance>,
{
    type Handler = H;

    const COUNT: usize = N;

    fn all(&self) -> &[Irq<H>] {
        self
    }

    #[inline(always)]
    fn instance(instance: &I) -> &H::Instance {
        instance.instance()
    }
}

/// What handles the interrupts of the field `F`.
type Handler<F> = <<F as Field>::Type as Interrupt<<F as Field>::Instance>>::Handler;

/// What the kernel is to call for one of the interrupts of the field `F`: that of this index, at `data`.
fn calls<F: IrqField>(index: usize, data: *mut c_void) -> kmod_irq_calls {
    const {
        let handlers = Handler::<F>::HANDLERS;
        assert!(handlers.handle || handlers.thread, "nobody handles it");
        assert!(
            <F::Type as Interrupt<F::Instance>>::COUNT == F::SOURCE.count(),
            "an array of interrupts is written as one: `[Irq<Handler>; 4]`"
        );
    };
    type Function = unsafe extern "C" fn(c_int, *mut c_void) -> irqreturn_t;
    kmod_irq_calls {
        handler: Handler::<F>::HANDLERS
            .handle
            .then_some(irq_raised::<F> as Function),
        thread: Handler::<F>::HANDLERS
            .thread
            .then_some(irq_thread::<F> as Function),
        data,
        field: if F::SOURCE.is_alone() {
            ptr::null()
        } else {
            F::NAME.as_ptr()
        },
        nth: if F::SOURCE.count() == 1 {
            -1
        } else {
            index as c_int
        },
    }
}

/// The field `F` that an interrupt is of, and which one of it that is.
///
/// # Safety
///
/// `irq` is one of the interrupts of such a field, and registered.
#[inline(always)]
unsafe fn field_of<F: IrqField>(irq: NonNull<Irq<Handler<F>>>) -> (NonNull<F::Type>, usize) {
    if F::SOURCE.count() == 1 {
        return (irq.cast(), 0);
    }
    // SAFETY: It lives, being registered (this function's contract).
    let index = unsafe { irq.as_ref() }.index.load(Ordering::Relaxed) as usize;
    // SAFETY: It was told its index when it was registered, and the field is so many before it, and more (`Interrupt`'s
    // contract).
    let first = unsafe { irq.sub(index) };
    (first.cast(), index)
}

/// What the kernel calls for an interrupt of the field `F`.
///
/// # Safety
///
/// The kernel calls it with an interrupt of the field that was registered with it.
unsafe extern "C" fn irq_raised<F: IrqField>(_line: c_int, data: *mut c_void) -> irqreturn_t {
    // SAFETY: It is the interrupt's address, which is not null.
    let irq = unsafe { NonNull::<Irq<Handler<F>>>::new_unchecked(data.cast()) };
    // SAFETY: It is registered, being called.
    let (value, index) = unsafe { field_of::<F>(irq) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is in a field of the instance (`Field`'s contract), which lives during this callback.
    let irq = unsafe { irq.as_ref() };
    let call = IrqCall {
        instance: F::Type::instance(instance),
        index,
    };
    match irq.handler.handle(&call) {
        IrqReturn::None => bindings::KMOD_IRQ_NONE,
        IrqReturn::WakeThread if Handler::<F>::HANDLERS.thread => bindings::KMOD_IRQ_WAKE_THREAD,
        IrqReturn::Handled | IrqReturn::WakeThread => bindings::KMOD_IRQ_HANDLED,
    }
}

/// What the kernel's thread calls for an interrupt of the field `F`.
///
/// # Safety
///
/// As [`irq_raised`].
unsafe extern "C" fn irq_thread<F: IrqField>(_line: c_int, data: *mut c_void) -> irqreturn_t {
    // SAFETY: It is the interrupt's address, which is not null.
    let irq = unsafe { NonNull::<Irq<Handler<F>>>::new_unchecked(data.cast()) };
    // SAFETY: It is registered, being called.
    let (value, index) = unsafe { field_of::<F>(irq) };
    let thread = |instance: &F::Instance, irqs: &F::Type| {
        let call = IrqCall {
            instance: F::Type::instance(instance),
            index,
        };
        if let Some(irq) = irqs.all().get(index) {
            irq.handler.thread(&call);
        }
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
/// Of the fields of its instance, each has other numbers, and each names those of all as `all`, in field order. Of a GPIO
/// line, the field that has it is another one of its instance, before it.
pub unsafe trait IrqField: Field<Type: Interrupt<Self::Instance>> {
    /// Where it comes from.
    const SOURCE: IrqSource;
    /// The field's name.
    const NAME: &'static CStr;
}

/// The interrupts of a field under `#[irq]`.
pub struct IrqObject<F>(PhantomData<fn() -> F>);

impl<F: IrqField> IrqObject<F> {
    /// Those of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// Takes those back that have a smaller index.
    ///
    /// # Safety
    ///
    /// They are registered with `at`, and no other of the field is.
    unsafe fn free(at: &At, end: usize) {
        // SAFETY: The instance is at `at` (this function's contract).
        let field = unsafe { at.value::<F>() };
        for (index, irq) in field.all().iter().enumerate().take(end).rev() {
            let line = irq.line.load(Ordering::Relaxed);
            // SAFETY: `register` was given the line for this address, and those behind it have been taken back: objects
            // are unregistered in reverse order.
            unsafe { F::SOURCE.free(at, index, line, address(irq)) };
            irq.line.store(0, Ordering::Relaxed);
        }
    }
}

/// By what the kernel tells an interrupt from others.
fn address<H>(irq: &Irq<H>) -> *mut c_void {
    ptr::from_ref(irq).cast_mut().cast()
}

// SAFETY: `IrqSource::free` waits for handlers and the thread.
unsafe impl<F: IrqField> Object for IrqObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let field = unsafe { at.value::<F>() };
        for (index, irq) in field.all().iter().enumerate() {
            irq.index.store(index as u32, Ordering::Relaxed);
            let calls = calls::<F>(index, address(irq));
            // SAFETY: The device is being bound, so that it is enabled, and its objects are being registered in field
            // order, of which those with a vector or a GPIO line are as `request` wants them (`IrqField`'s contract). The
            // functions are for an interrupt of the field, which this is, and which stays until it was unregistered (the
            // caller's promise).
            match unsafe { F::SOURCE.request(at, index, &calls) } {
                Ok(line) => irq.line.store(line, Ordering::Relaxed),
                Err(error) => {
                    // SAFETY: Those before it were registered above.
                    unsafe { Self::free(at, index) };
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: All are registered with `at` (the caller's promise).
        unsafe { Self::free(at, F::SOURCE.count()) };
    }
}
