// SPDX-License-Identifier: GPL-2.0-only
//! Handlers on the kernel's own tracepoints.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_uint, c_void};
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::slice;

use kmod_bindings::{self as bindings, kmod_tracepoint};

use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, instance_of};
use crate::sync::Shared;
use crate::task::{Comm, current};

/// What a [`Tracepoint`] does when the kernel comes by.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is done at a tracepoint",
    label = "a tracepoint's handler says so",
    note = "write `#[handlers] impl TracepointHandler for {Self} {{ fn hit(…) {{ … }} }}`"
)]
pub trait TracepointHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the tracepoint is a field, if the handler uses it: the module's; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The kernel comes by. It runs in atomic context, wherever the kernel is, perhaps in an interrupt that
    /// cannot be masked: it takes no lock, allocates nothing and wakes nobody. It may run on several CPUs at
    /// once, from when the tracepoint is registered, before the module is live.
    ///
    /// Where what it does comes by the same tracepoint, it is not called again, and that is counted as
    /// [missed](Tracepoint::missed).
    fn hit(&self, call: &TracepointCall<'_, Self>);
}

/// What a handler sees.
pub struct TracepointCall<'a, H: TracepointHandler> {
    arguments: &'a [u64],
    instance: &'a H::Instance,
}

impl<'a, H: TracepointHandler> TracepointCall<'a, H> {
    /// The arguments of the tracepoint, as many as this kernel's prototype has: `let [first, ..] =
    /// call.arguments() else { return };`. One that is smaller than 64 bits stands in the lower ones, and the
    /// others are 0: `*first as i32`. Pointers are addresses, and no more.
    pub fn arguments(&self) -> &'a [u64] {
        self.arguments
    }

    /// The name of the thread that ran.
    pub fn comm(&self) -> Comm {
        current::comm()
    }

    /// The id of the thread that ran, in the initial pid namespace; 0 for an idle CPU.
    pub fn pid(&self) -> i32 {
        current::pid()
    }

    /// The id of the process that ran, in the initial pid namespace; 0 for an idle CPU.
    pub fn tgid(&self) -> i32 {
        current::tgid()
    }

    /// The struct of which the tracepoint is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A handler on one of the kernel's tracepoints: a field under `#[tracepoint]`.
///
/// # Invariants
///
/// `probe` is all zeroes, or was registered at the address where it is, as the field of an instance, and
/// then the value is not moved before it was unregistered.
pub struct Tracepoint<H> {
    probe: UnsafeCell<MaybeUninit<kmod_tracepoint>>,
    handler: H,
}

// SAFETY: Only C uses the C struct, which it does not change while it is registered, but for a counter.
unsafe impl<H: Send> Send for Tracepoint<H> {}
// SAFETY: Shared references to it give only the handler, and a counter that is read as a whole.
unsafe impl<H: Sync> Sync for Tracepoint<H> {}

impl<H> Tracepoint<H> {
    /// One that is not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            probe: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    /// How often the kernel came by without the handler being called, since it ran there already.
    pub fn missed(&self) -> u64 {
        // SAFETY: It is zeroes, or one that was registered (invariant).
        unsafe { bindings::kmod_tracepoint_missed(self.as_ptr()) }
    }

    fn as_ptr(&self) -> *mut kmod_tracepoint {
        self.probe.get().cast()
    }
}

impl<H: Default> Default for Tracepoint<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What is known of the tracepoint of a field.
///
/// # Safety
///
/// [`function`](Self::function) is what C made of the prototype of the tracepoint of this name.
pub unsafe trait TracepointName {
    /// Its name.
    const NAME: &'static CStr;

    /// What the kernel calls.
    fn function() -> *mut c_void;
}

/// The type of a field under `#[tracepoint]` of the instance `I`.
///
/// # Safety
///
/// [`register`](KernelTracepoint::register) and [`unregister`](KernelTracepoint::unregister) do what
/// [`Object`]'s functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tracepoint that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a tracepoint is `#[tracepoint(name = \"…\")] name: Tracepoint<Handler>`"
)]
pub unsafe trait KernelTracepoint<I: Instance>: Sized + 'static {
    /// Registers it.
    ///
    /// # Errors
    ///
    /// The kernel's; nothing is registered then.
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn register<F: TracepointField<Instance = I, Type = Self>>(&self) -> Result;

    /// Takes it back, and waits for its handler.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn unregister(&self);
}

// SAFETY: `tracepoint_synchronize_unregister()` waits until no handler runs.
unsafe impl<H, I> KernelTracepoint<I> for Tracepoint<H>
where
    H: TracepointHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn register<F: TracepointField<Instance = I, Type = Self>>(&self) -> Result {
        let hit = Some(tracepoint_hit::<H, F> as unsafe extern "C" fn(_, _, _));
        let (name, function) = (F::NAME.as_ptr(), F::function());
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not registered and stays (the caller's promise), the name is static, the function is
        // of this tracepoint's prototype (`TracepointName`'s contract), and the handler is for this field.
        to_result(unsafe {
            bindings::kmod_tracepoint_register(self.as_ptr(), name, function, hit)
        })?;
        Ok(())
    }

    unsafe fn unregister(&self) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { bindings::kmod_tracepoint_unregister(self.as_ptr()) };
    }
}

/// What C calls at the tracepoint that is the field `F`.
///
/// # Safety
///
/// C calls it with what was registered with it, and with as many words as it says.
unsafe extern "C" fn tracepoint_hit<H, F>(
    probe: *mut kmod_tracepoint,
    words: *const u64,
    count: c_uint,
) where
    H: TracepointHandler,
    F: Field<Type = Tracepoint<H>, Instance: Belongs<H::Instance>>,
{
    let value = probe
        .wrapping_byte_sub(offset_of!(Tracepoint<H>, probe))
        .cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Tracepoint<H>>::new_unchecked(value) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during this callback.
    let point = unsafe { value.as_ref() };
    // SAFETY: There are as many, until this function returns (its contract).
    let arguments = unsafe { slice::from_raw_parts(words, count as usize) };
    let instance = instance.instance();
    point.handler.hit(&TracepointCall {
        arguments,
        instance,
    });
}

/// A field under `#[tracepoint]`.
pub trait TracepointField: TracepointName + Field<Type: KernelTracepoint<Self::Instance>> {}

/// The tracepoint of a field under `#[tracepoint]`.
pub struct TracepointObject<F>(PhantomData<fn() -> F>);

impl<F: TracepointField> TracepointObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `KernelTracepoint`, whose contract is this one's.
unsafe impl<F: TracepointField> Object for TracepointObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let point = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, and not registered (the caller's promise).
        unsafe { point.register::<F>() }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let point = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { point.unregister() };
    }
}
