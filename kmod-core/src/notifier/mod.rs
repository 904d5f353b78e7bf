// SPDX-License-Identifier: GPL-2.0-only
//! Notifiers: what the kernel tells who wants to know, of its reboot, its modules, its network devices.
//!
//! ```
//! use kmod_core::prelude::*;
//! use kmod_core::notifier::ModuleEvent;
//!
//! /// Says which modules come and go
//! #[kernel_module(name = "doorman", license = "GPL")]
//! #[derive(Default)]
//! struct Doorman {
//!     #[notifier(module)]
//!     modules: Notifier<Modules>,
//!     seen: AtomicU32,
//! }
//!
//! #[derive(Default)]
//! struct Modules;
//!
//! #[handlers]
//! impl NotifierHandler for Modules {
//!     type Instance = Doorman;
//!     type Event = ModuleEvent;
//!
//!     fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
//!         if let ModuleEvent::Coming(name) = call.event() {
//!             pr_info!("{name} is being loaded\n");
//!             call.instance().seen.fetch_add(1, Ordering::Relaxed);
//!         }
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

mod event;

use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;

use kmod_bindings::{kmod_event, kmod_notifier};

use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, enter, instance_of};
use crate::sync::Shared;

pub use event::{
    CpuEvent, DieEvent, Event, EventName, InetaddrEvent, KeyKind, KeyboardEvent, Keypress,
    ModuleEvent, NetdeviceEvent, NetdeviceKind, PanicEvent, PmEvent, RebootEvent,
};

use event::{Answer, Context};

/// What a [`Notifier`] does when the kernel tells it something.
///
/// In which context it runs is its chain's, and stands with its [`Event`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a notifier does",
    label = "a notifier's handler says so",
    note = "write `#[handlers] impl NotifierHandler for {Self} {{ type Event = …; fn notify(…) {{ … }} }}`"
)]
pub trait NotifierHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the notifier is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// What it is told: the type of its chain's events.
    type Event: Event;

    /// It has happened, or is about to. It may run on several CPUs at once where the chain allows, from
    /// when it is registered, and not any more once the notifier's instance has gone.
    ///
    /// What it returns is of the chain: nothing where nobody asks, `Result` where it may refuse.
    fn notify(&self, call: &NotifierCall<'_, Self>) -> <Self::Event as Event>::Answer;
}

/// What a handler is told.
pub struct NotifierCall<'a, H: NotifierHandler> {
    event: H::Event,
    instance: &'a H::Instance,
}

impl<'a, H: NotifierHandler> NotifierCall<'a, H> {
    /// What has happened, or is about to. It is the handler's own copy.
    pub fn event(&self) -> &H::Event {
        &self.event
    }

    /// The struct of which the notifier is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A notifier with its handler: a field under `#[notifier]`.
///
/// # Invariants
///
/// `notifier` is all zeroes, or was registered at the address where it is, as the field of an instance,
/// and then the value is not moved before it was unregistered.
pub struct Notifier<H> {
    notifier: UnsafeCell<MaybeUninit<kmod_notifier>>,
    handler: H,
}

// SAFETY: Only the kernel uses the C struct, under locks of its own.
unsafe impl<H: Send> Send for Notifier<H> {}
// SAFETY: Shared references to it give only the handler.
unsafe impl<H: Sync> Sync for Notifier<H> {}

impl<H> Notifier<H> {
    /// One that is not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            notifier: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_notifier {
        self.notifier.get().cast()
    }
}

impl<H: Default> Default for Notifier<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// Events that fields of the type `T` in the instance `I` hear of.
///
/// # Safety
///
/// [`register`](HeardBy::register) and [`unregister`](HeardBy::unregister) do what [`Object`]'s
/// functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{T}` is not a notifier that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a notifier is `#[notifier(…)] name: Notifier<Handler>`, and its handler's `type Event` is its chain's"
)]
pub unsafe trait HeardBy<I: Instance, T>: Event {
    /// Has the field told of them.
    ///
    /// # Errors
    ///
    /// As [`Object::register`].
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn register<F: Field<Instance = I, Type = T>>(value: &T) -> Result;

    /// Takes it back, and waits for its handler.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn unregister(value: &T);
}

// SAFETY: The chain's `unregister` waits for the handler (`Event`'s contract).
unsafe impl<E, H, I> HeardBy<I, Notifier<H>> for E
where
    E: Event,
    H: NotifierHandler<Event = E>,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn register<F: Field<Instance = I, Type = Notifier<H>>>(value: &Notifier<H>) -> Result {
        type Handler = unsafe extern "C" fn(*mut kmod_notifier, *const kmod_event) -> c_int;
        let handler: Handler = const {
            match E::CONTEXT {
                Context::Process => notified::<H, F>,
                Context::Atomic => notified_in_atomic::<H, F>,
                Context::Anywhere => notified_anywhere::<H, F>,
                Context::Within => notified_within::<H, F>,
            }
        };
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not registered, and stays until it was unregistered (the caller's promise);
        // the handler is for this field, and for the chain's context.
        to_result(unsafe { E::register(value.as_ptr(), handler) }).map(drop)
    }

    unsafe fn unregister(value: &Notifier<H>) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { E::unregister(value.as_ptr()) };
    }
}

/// The value that a notifier is a part of.
///
/// # Safety
///
/// It is that of a `Notifier<H>`.
unsafe fn around<H>(notifier: *mut kmod_notifier) -> NonNull<Notifier<H>> {
    let value = notifier.wrapping_byte_sub(offset_of!(Notifier<H>, notifier));
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    unsafe { NonNull::new_unchecked(value.cast()) }
}

/// Tells a handler; 0 if it does not know the event.
fn tell<H: NotifierHandler>(
    notifier: &Notifier<H>,
    instance: &H::Instance,
    event: &kmod_event,
) -> c_int {
    let Some(event) = H::Event::of(event) else {
        return 0;
    };
    notifier
        .handler
        .notify(&NotifierCall { event, instance })
        .code()
}

/// What a chain calls in process context for the notifier that is the field `F`.
///
/// # Safety
///
/// The chain calls it with the notifier that was registered with it, and an event.
unsafe extern "C" fn notified<H, F>(notifier: *mut kmod_notifier, event: *const kmod_event) -> c_int
where
    H: NotifierHandler,
    F: Field<Type = Notifier<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the one of such a field (this function's contract).
    let value = unsafe { around::<H>(notifier) };
    // SAFETY: The event is there while this runs (this function's contract).
    let event = unsafe { &*event };
    let tell =
        |instance: &F::Instance, notifier: &Notifier<H>| tell(notifier, instance.instance(), event);
    // What comes while its instance closes is not told any more.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    unsafe { enter::<F, c_int>(value, tell) }.unwrap_or(0)
}

/// What a chain calls where nothing may sleep for the notifier that is the field `F`.
///
/// # Safety
///
/// As [`notified`].
unsafe extern "C" fn notified_in_atomic<H, F>(
    notifier: *mut kmod_notifier,
    event: *const kmod_event,
) -> c_int
where
    H: NotifierHandler,
    F: Field<Type = Notifier<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: As this function's contract.
    unsafe { told_at_once::<H, F>(notifier, event) }
}

/// The same, where the kernel may be in the middle of anything.
///
/// # Safety
///
/// As [`notified`].
unsafe extern "C" fn notified_anywhere<H, F>(
    notifier: *mut kmod_notifier,
    event: *const kmod_event,
) -> c_int
where
    H: NotifierHandler,
    F: Field<Type = Notifier<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: As this function's contract.
    unsafe { told_at_once::<H, F>(notifier, event) }
}

/// The same, where that may be printing.
///
/// # Safety
///
/// As [`notified`].
unsafe extern "C" fn notified_within<H, F>(
    notifier: *mut kmod_notifier,
    event: *const kmod_event,
) -> c_int
where
    H: NotifierHandler,
    F: Field<Type = Notifier<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: As this function's contract.
    unsafe { told_at_once::<H, F>(notifier, event) }
}

/// Tells the handler of the field `F`.
///
/// # Safety
///
/// As [`notified`].
unsafe fn told_at_once<H, F>(notifier: *mut kmod_notifier, event: *const kmod_event) -> c_int
where
    H: NotifierHandler,
    F: Field<Type = Notifier<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the one of such a field (this function's contract).
    let value = unsafe { around::<H>(notifier) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance.
    let notifier = unsafe { value.as_ref() };
    // SAFETY: The event is there while this runs (this function's contract).
    let event = unsafe { &*event };
    tell(notifier, instance.instance(), event)
}

/// A field under `#[notifier]`.
pub trait NotifierField: Field {
    /// The events of its chain.
    type Event: HeardBy<Self::Instance, Self::Type>;
}

/// The notifier of a field under `#[notifier]`.
pub struct NotifierObject<F>(PhantomData<fn() -> F>);

impl<F: NotifierField> NotifierObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `HeardBy`, whose contract is this one's.
unsafe impl<F: NotifierField> Object for NotifierObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, and not registered (the caller's promise).
        unsafe { <F::Event as HeardBy<_, _>>::register::<F>(value) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { <F::Event as HeardBy<_, _>>::unregister(value) };
    }
}
