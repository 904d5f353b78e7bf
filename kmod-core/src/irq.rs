// SPDX-License-Identifier: GPL-2.0-only
//! Interrupts of a device.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A card that says when it is done
//! #[kernel_module(name = "card", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[pci_driver(ids = [(0x1234, 0x11e8)])]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PciDriver for Driver {
//!     type Device = Card;
//!
//!     fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
//!         Ok(Card::default())
//!     }
//! }
//!
//! #[registers(size = 0x100)]
//! struct Edu {
//!     #[ro(0x24)]
//!     raised: u32,
//!     #[wo(0x64)]
//!     acknowledge: u32,
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Card {
//!     #[bar(index = 0)]
//!     edu: Bar<Edu>,
//!     done: Completion,
//!     #[irq]
//!     irq: Irq<Done>,
//! }
//!
//! #[derive(Default)]
//! struct Done;
//!
//! #[handlers]
//! impl IrqHandler for Done {
//!     type Instance = Card;
//!
//!     fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
//!         let card = irq.instance();
//!         let raised = card.edu.read(Edu::RAISED);
//!         // The line is another device's, too; and one that was pulled out reads as all ones.
//!         if raised == 0 || raised == u32::MAX {
//!             return IrqReturn::None;
//!         }
//!         card.edu.write(Edu::ACKNOWLEDGE, raised);
//!         card.done.complete();
//!         IrqReturn::Handled
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicU32, Ordering};

use kmod_bindings::{self as bindings, irqreturn_t, pci_dev};

use crate::error::Result;
use crate::error::code::ENODEV;
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, enter, instance_of};
use crate::pci;
use crate::sync::Shared;

/// What a device's interrupt does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what an interrupt does",
    label = "an interrupt's handler says so",
    note = "write `#[handlers] impl IrqHandler for {Self} {{ fn handle(…) -> IrqReturn {{ … }} }}`"
)]
pub trait IrqHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the interrupt is a field, if the handler uses it; `()` (what `#[handlers]`
    /// inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: IrqHandlers;

    /// The line is raised, in atomic context: it must not sleep, and interrupts the task that runs on its
    /// CPU. On `PREEMPT_RT` it is a thread's. It may run from when it is registered on, before the device
    /// is live, and until it has been taken back; a line that is shared is also others'.
    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let _ = irq;
        IrqReturn::WakeThread
    }

    /// What `handle` leaves to a thread by [`IrqReturn::WakeThread`], in process context. Without a `handle`
    /// it is called at once, and the line stays masked until it returns: then it cannot be shared with one
    /// that is not so.
    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let _ = irq;
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
pub struct IrqHandlers {
    pub handle: bool,
    pub thread: bool,
}

impl IrqHandlers {
    /// None.
    pub const NONE: Self = Self {
        handle: false,
        thread: false,
    };
}

/// Whose an interrupt was: the kernel's `irqreturn_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrqReturn {
    /// Not this device's. After very many that are nobody's, the kernel turns the line off.
    None,
    /// This device's, and it has been dealt with.
    Handled,
    /// This device's, and [`thread`](IrqHandler::thread) does the rest; without one, it has been dealt with.
    WakeThread,
}

/// The interrupt that a handler is called for.
pub struct IrqCall<'a, H: IrqHandler> {
    instance: &'a H::Instance,
}

impl<'a, H: IrqHandler> IrqCall<'a, H> {
    /// The struct of which the interrupt is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// An interrupt with its handler: a field under `#[irq]`.
pub struct Irq<H> {
    /// The kernel's number of its line while it is registered; it also gives the value an address of its
    /// own, by which the kernel tells handlers of a line apart.
    line: AtomicU32,
    handler: H,
}

impl<H> Irq<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            line: AtomicU32::new(0),
            handler,
        }
    }

    /// The kernel's number of its line, as `/proc/interrupts` shows it; `None` while it is not registered.
    pub fn line(&self) -> Option<u32> {
        let line = self.line.load(Ordering::Relaxed);
        (line != 0).then_some(line)
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Irq<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// The type of a field under `#[irq]` of the instance `I`.
///
/// # Safety
///
/// What [`request`](Interrupt::request) has registered with the kernel has the field's address as its data,
/// and [`forget`](Interrupt::forget) says that it is not any more. Only [`Irq`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interrupt that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "an interrupt is `#[irq] name: Irq<Handler>`"
)]
pub unsafe trait Interrupt<I: Instance>: Sized + 'static {
    /// Has the handler called for the device's interrupt.
    ///
    /// # Errors
    ///
    /// The kernel's; nothing is registered then.
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, and stays where it is until it was taken back by
    /// `kmod_pci_irq_free()`; `device` is enabled, lives as long, and has no interrupt that is registered.
    unsafe fn request<F: IrqField<Instance = I, Type = Self>>(
        &self,
        device: NonNull<pci_dev>,
    ) -> Result;

    /// It is registered no more.
    fn forget(&self);
}

// SAFETY: `request` gives the value's address.
unsafe impl<H, I> Interrupt<I> for Irq<H>
where
    H: IrqHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn request<F: IrqField<Instance = I, Type = Self>>(
        &self,
        device: NonNull<pci_dev>,
    ) -> Result {
        const {
            assert!(
                H::HANDLERS.handle || H::HANDLERS.thread,
                "nobody handles it"
            )
        };
        type Function = unsafe extern "C" fn(c_int, *mut c_void) -> irqreturn_t;
        let handle = H::HANDLERS.handle.then_some(irq_raised::<H, F> as Function);
        let thread = H::HANDLERS.thread.then_some(irq_thread::<H, F> as Function);
        // SAFETY: The device is enabled and has no other interrupt; the value stays until it was taken back
        // (the caller's promise), and the handlers are for this field.
        let line = unsafe {
            bindings::kmod_pci_irq_request(
                device.as_ptr(),
                F::KINDS,
                handle,
                thread,
                ptr::from_ref(self).cast_mut().cast(),
            )
        };
        let line = crate::error::to_result(line)?;
        self.line.store(line.cast_unsigned(), Ordering::Relaxed);
        Ok(())
    }

    fn forget(&self) {
        self.line.store(0, Ordering::Relaxed);
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

/// A field under `#[irq]`, the only one of its instance.
///
/// # Safety
///
/// No other field of its instance is one.
pub unsafe trait IrqField: Field<Type: Interrupt<Self::Instance>> {
    /// The kinds of interrupts that it takes.
    const KINDS: c_uint = irq_kinds(&["intx", "msi", "msix"]);
}

/// The kinds of these names, of those that `#[irq(kinds(…))]` takes.
pub const fn irq_kinds(mut names: &[&str]) -> c_uint {
    let mut kinds = 0;
    while let [name, others @ ..] = names {
        kinds |= match name.as_bytes() {
            b"intx" => bindings::KMOD_PCI_IRQ_INTX,
            b"msi" => bindings::KMOD_PCI_IRQ_MSI,
            _ => bindings::KMOD_PCI_IRQ_MSIX,
        };
        names = others;
    }
    kinds
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

// SAFETY: `kmod_pci_irq_free()` is `free_irq()`, which waits for handlers and the thread.
unsafe impl<F: IrqField> Object for IrqObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The object is being registered with `at`.
        let device = unsafe { pci::device_of(at) }.ok_or(ENODEV)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let irq = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, which stays (the caller's promise). The device is being
        // bound, so that it is enabled, and has no other such field (`IrqField`'s contract).
        unsafe { irq.request::<F>(device) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The object is registered with `at`.
        let device = unsafe { pci::device_of(at) };
        // SAFETY: The instance is at `at` (the caller's promise).
        let irq = unsafe { at.value::<F>() };
        if let Some(device) = device {
            // SAFETY: `register` has registered it, with this address as its data.
            unsafe {
                bindings::kmod_pci_irq_free(device.as_ptr(), ptr::from_ref(irq).cast_mut().cast());
            }
        }
        irq.forget();
    }
}
