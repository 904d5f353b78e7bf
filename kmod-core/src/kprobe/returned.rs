// SPDX-License-Identifier: GPL-2.0-only
//! Probes at the return of a function: the kernel's `struct kretprobe`.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_kretprobe, pt_regs};

use super::{Hit, ProbeSymbol};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, instance_of};
use crate::sync::Shared;

/// The most bytes that are kept of a call until it returns.
const DATA_MAX: usize = 128;

/// What a [`Kretprobe`] does when its function returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a probe does",
    label = "a probe's handler says so",
    note = "write `#[handlers] impl KretprobeHandler for {Self} {{ fn returned(…) {{ … }} }}`"
)]
pub trait KretprobeHandler: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the probe is a field, if the handlers use it: the module's; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// What is kept of a call from its beginning to its return, 128 bytes at most; `()` (what `#[handlers]`
    /// inserts) for nothing. A call need not return, so that it is never dropped.
    type Data: Copy + Default + Send + 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: KretprobeHandlers;

    /// The function is called, and has not begun; what is returned is kept until it returns. `None` if the
    /// return of this call is not to be seen. It runs as [`returned`](Self::returned) does.
    fn entered(&self, call: &KretprobeCall<'_, Self>) -> Option<Self::Data> {
        let _ = call;
        Some(Self::Data::default())
    }

    /// The function returns. It runs in atomic context, wherever the kernel is, perhaps in an interrupt that
    /// cannot be masked: it takes no lock, allocates nothing and wakes nobody. It may run on several CPUs at
    /// once, from when the probe is registered, before the module is live.
    fn returned(&self, call: &KretprobeReturn<'_, Self>);
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
pub struct KretprobeHandlers {
    pub entered: bool,
}

impl KretprobeHandlers {
    /// None.
    pub const NONE: Self = Self { entered: false };
}

/// The beginning of a call.
pub struct KretprobeCall<'a, H: KretprobeHandler> {
    hit: Hit<'a>,
    instance: &'a H::Instance,
}

impl<H: KretprobeHandler> KretprobeCall<'_, H> {
    /// An argument, as that of a [`KprobeCall`](super::KprobeCall::argument).
    pub fn argument<const N: u32>(&self) -> usize {
        self.hit.argument::<N>()
    }
}

/// The return of a call.
pub struct KretprobeReturn<'a, H: KretprobeHandler> {
    hit: Hit<'a>,
    instance: &'a H::Instance,
    data: H::Data,
}

impl<H: KretprobeHandler> KretprobeReturn<'_, H> {
    /// What is returned, as its register has it. Of what is smaller than a word, the rest is whatever was
    /// there: `call.value() as i32`.
    pub fn value(&self) -> usize {
        self.hit.value()
    }

    /// What [`entered`](KretprobeHandler::entered) kept of this call.
    pub fn data(&self) -> H::Data {
        self.data
    }
}

/// What both have in common.
macro_rules! calls {
    ($($call:ident)*) => {$(
        impl<'a, H: KretprobeHandler> $call<'a, H> {
            /// The struct of which the probe is a field.
            pub fn instance(&self) -> &'a H::Instance {
                self.instance
            }

            /// The state of the module.
            pub fn module(&self) -> &'a H::Module {
                // SAFETY: This is within a callback of a registered object, for whose time the value lives.
                unsafe { H::Module::state() }
            }
        }

        impl<'a, H: KretprobeHandler> Deref for $call<'a, H> {
            type Target = Hit<'a>;

            fn deref(&self) -> &Hit<'a> {
                &self.hit
            }
        }
    )*};
}

calls!(KretprobeCall KretprobeReturn);

/// A probe of returns with its handler: a field under `#[kretprobe]`.
///
/// # Invariants
///
/// `probe` is all zeroes, or was registered at the address where it is, as the field of an instance, and
/// then the value is not moved before it was unregistered.
pub struct Kretprobe<H> {
    probe: UnsafeCell<MaybeUninit<kmod_kretprobe>>,
    handler: H,
}

// SAFETY: Only the kernel uses the C struct, under locks of its own.
unsafe impl<H: Send> Send for Kretprobe<H> {}
// SAFETY: Shared references to it give only the handler, and counters that are read as a whole.
unsafe impl<H: Sync> Sync for Kretprobe<H> {}

impl<H> Kretprobe<H> {
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

    /// How often the function was called without its return being seen: since another probe's handler ran
    /// on that CPU, or more calls than `maxactive` had not returned.
    pub fn missed(&self) -> u64 {
        // SAFETY: It is zeroes, or one that was registered (invariant).
        unsafe { bindings::kmod_kretprobe_missed(self.as_ptr()) }
    }

    fn as_ptr(&self) -> *mut kmod_kretprobe {
        self.probe.get().cast()
    }
}

impl<H: Default> Default for Kretprobe<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// The type of a field under `#[kretprobe]` of the instance `I`.
///
/// # Safety
///
/// [`register`](ReturnProbe::register) and [`unregister`](ReturnProbe::unregister) do what [`Object`]'s
/// functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a probe of returns that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a probe of returns is `#[kretprobe(symbol = \"…\")] name: Kretprobe<Handler>`"
)]
pub unsafe trait ReturnProbe<I: Instance>: Sized + 'static {
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
    unsafe fn register<F: KretprobeField<Instance = I, Type = Self>>(&self) -> Result;

    /// Takes it back, and waits for its handlers.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn unregister(&self);
}

// SAFETY: `unregister_kretprobe()` waits until no handler runs; calls that return later are the kernel's.
unsafe impl<H, I> ReturnProbe<I> for Kretprobe<H>
where
    H: KretprobeHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn register<F: KretprobeField<Instance = I, Type = Self>>(&self) -> Result {
        const {
            assert!(
                size_of::<H::Data>() <= DATA_MAX,
                "what is kept of a call has at most 128 bytes"
            )
        };
        type Entered = unsafe extern "C" fn(*mut kmod_kretprobe, *mut pt_regs, *mut c_void) -> bool;
        let entered = H::HANDLERS
            .entered
            .then_some(call_entered::<H, F> as Entered);
        let returned = Some(call_returned::<H, F> as unsafe extern "C" fn(_, _, _));
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not registered and stays (the caller's promise), the symbol is static, and the
        // handlers are for this field, and for data of this size.
        let registered = unsafe {
            bindings::kmod_kretprobe_register(
                self.as_ptr(),
                F::SYMBOL.as_ptr(),
                entered,
                returned,
                F::MAXACTIVE,
                size_of::<H::Data>(),
            )
        };
        to_result(registered)?;
        Ok(())
    }

    unsafe fn unregister(&self) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { bindings::kmod_kretprobe_unregister(self.as_ptr()) };
    }
}

/// The probe and the instance of a call.
///
/// # Safety
///
/// The kernel calls a handler with the probe, which is registered as `F`; the references do not leave the
/// handler.
unsafe fn probe_of<'a, H, F>(probe: *mut kmod_kretprobe) -> (&'a Kretprobe<H>, &'a H::Instance)
where
    H: KretprobeHandler,
    F: Field<Type = Kretprobe<H>, Instance: Belongs<H::Instance>>,
{
    let value = probe
        .wrapping_byte_sub(offset_of!(Kretprobe<H>, probe))
        .cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Kretprobe<H>>::new_unchecked(value) };
    // SAFETY: It is registered as `F`, and its callback runs (this function's contract).
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during the callback.
    (unsafe { value.as_ref() }, instance.instance())
}

/// What the kernel calls where the function of the field `F` begins.
///
/// # Safety
///
/// The kernel calls it with the probe that was registered with it, with the registers of a hit, and with as
/// much memory as was asked for.
unsafe extern "C" fn call_entered<H, F>(
    probe: *mut kmod_kretprobe,
    regs: *mut pt_regs,
    data: *mut c_void,
) -> bool
where
    H: KretprobeHandler,
    F: Field<Type = Kretprobe<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is registered as `F`, and this is its callback.
    let (probe, instance) = unsafe { probe_of::<H, F>(probe) };
    // SAFETY: They are the hit's that is being handled (this function's contract).
    let hit = unsafe { Hit::new(regs) };
    match probe.handler.entered(&KretprobeCall { hit, instance }) {
        Some(kept) => {
            // SAFETY: There is room for it (this function's contract), wherever that lies.
            unsafe { data.cast::<H::Data>().write_unaligned(kept) };
            true
        }
        None => false,
    }
}

/// What the kernel calls where the function of the field `F` returns.
///
/// # Safety
///
/// The kernel calls it with the probe that was registered with it, with the registers of a hit, and with
/// what [`call_entered`] has left, if there is an `entered`.
unsafe extern "C" fn call_returned<H, F>(
    probe: *mut kmod_kretprobe,
    regs: *mut pt_regs,
    data: *const c_void,
) where
    H: KretprobeHandler,
    F: Field<Type = Kretprobe<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is registered as `F`, and this is its callback.
    let (probe, instance) = unsafe { probe_of::<H, F>(probe) };
    // SAFETY: They are the hit's that is being handled (this function's contract).
    let hit = unsafe { Hit::new(regs) };
    let data = match H::HANDLERS.entered {
        // SAFETY: `call_entered` has put it there, or the kernel would not call this.
        true => unsafe { data.cast::<H::Data>().read_unaligned() },
        false => H::Data::default(),
    };
    let call = KretprobeReturn {
        hit,
        instance,
        data,
    };
    probe.handler.returned(&call);
}

/// A field under `#[kretprobe]`.
pub trait KretprobeField: ProbeSymbol + Field<Type: ReturnProbe<Self::Instance>> {
    /// How many calls may be in the function at once; 0 for the kernel's own number.
    const MAXACTIVE: c_int = 0;
}

/// The probe of a field under `#[kretprobe]`.
pub struct KretprobeObject<F>(PhantomData<fn() -> F>);

impl<F: KretprobeField> KretprobeObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `ReturnProbe`, whose contract is this one's.
unsafe impl<F: KretprobeField> Object for KretprobeObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let probe = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, and not registered (the caller's promise).
        unsafe { probe.register::<F>() }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let probe = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { probe.unregister() };
    }
}
