// SPDX-License-Identifier: GPL-2.0-only
//! Probes at the beginning of a function: the kernel's `struct kprobe`.

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_kprobe, pt_regs};

use super::{Hit, ProbeSymbol};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, instance_of};
use crate::sync::Shared;

/// What a [`Kprobe`] does when its function is called.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a probe does",
    label = "a probe's handler says so",
    note = "write `#[handlers] impl KprobeHandler for {Self} {{ fn entered(…) {{ … }} }}`"
)]
pub trait KprobeHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the probe is a field, if the handler uses it: the module's; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The function is called, and has not begun. It runs in atomic context, wherever the kernel is,
    /// perhaps in an interrupt that cannot be masked: it takes no lock, allocates nothing and wakes nobody.
    /// It may run on several CPUs at once, from when the probe is registered, before the module is live.
    ///
    /// What it calls itself is not probed: the kernel passes over hits of any probe meanwhile, and counts
    /// them as [missed](Kprobe::missed).
    fn entered(&self, call: &KprobeCall<'_, Self>);
}

/// The call that a handler sees.
pub struct KprobeCall<'a, H: KprobeHandler> {
    hit: Hit<'a>,
    instance: &'a H::Instance,
}

impl<'a, H: KprobeHandler> KprobeCall<'a, H> {
    /// An argument, counted from 0, as its register has it. Of an argument that is smaller than a word, the
    /// rest is whatever was there: `call.argument::<1>() as u32`.
    ///
    /// x86-64 has 6 of them, arm64 and riscv64 8; more do not compile. What the function has not is whatever was there.
    pub fn argument<const N: u32>(&self) -> usize {
        self.hit.argument::<N>()
    }

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

impl<'a, H: KprobeHandler> Deref for KprobeCall<'a, H> {
    type Target = Hit<'a>;

    fn deref(&self) -> &Hit<'a> {
        &self.hit
    }
}

/// A probe with its handler: a field under `#[kprobe]`.
///
/// # Invariants
///
/// `probe` is all zeroes, or was registered at the address where it is, as the field of an instance, and
/// then the value is not moved before it was unregistered.
pub struct Kprobe<H> {
    probe: UnsafeCell<MaybeUninit<kmod_kprobe>>,
    handler: H,
}

// SAFETY: Only the kernel uses the C struct, under locks of its own.
unsafe impl<H: Send> Send for Kprobe<H> {}
// SAFETY: Shared references to it give only the handler, and a counter that is read as a whole.
unsafe impl<H: Sync> Sync for Kprobe<H> {}

impl<H> Kprobe<H> {
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

    /// How often the function was called without the handler being called, since another one ran on that
    /// CPU.
    pub fn missed(&self) -> u64 {
        // SAFETY: It is zeroes, or one that was registered (invariant).
        unsafe { bindings::kmod_kprobe_missed(self.as_ptr()) }
    }

    fn as_ptr(&self) -> *mut kmod_kprobe {
        self.probe.get().cast()
    }
}

impl<H: Default> Default for Kprobe<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// The type of a field under `#[kprobe]` of the instance `I`.
///
/// # Safety
///
/// [`register`](EntryProbe::register) and [`unregister`](EntryProbe::unregister) do what [`Object`]'s
/// functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a probe that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a probe is `#[kprobe(symbol = \"…\")] name: Kprobe<Handler>`"
)]
pub unsafe trait EntryProbe<I: Instance>: Sized + 'static {
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
    unsafe fn register<F: KprobeField<Instance = I, Type = Self>>(&self) -> Result;

    /// Takes it back, and waits for its handler.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn unregister(&self);
}

// SAFETY: `unregister_kprobe()` waits until no handler runs.
unsafe impl<H, I> EntryProbe<I> for Kprobe<H>
where
    H: KprobeHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn register<F: KprobeField<Instance = I, Type = Self>>(&self) -> Result {
        let entered = Some(probe_entered::<H, F> as unsafe extern "C" fn(_, _));
        let symbol = F::SYMBOL.as_ptr();
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not registered and stays (the caller's promise), the symbol is static, and the
        // handler is for this field.
        to_result(unsafe { bindings::kmod_kprobe_register(self.as_ptr(), symbol, entered) })?;
        Ok(())
    }

    unsafe fn unregister(&self) {
        // SAFETY: It is registered (the caller's promise).
        unsafe { bindings::kmod_kprobe_unregister(self.as_ptr()) };
    }
}

/// What the kernel calls for the probe that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the probe that was registered with it, and with the registers of a hit.
unsafe extern "C" fn probe_entered<H, F>(probe: *mut kmod_kprobe, regs: *mut pt_regs)
where
    H: KprobeHandler,
    F: Field<Type = Kprobe<H>, Instance: Belongs<H::Instance>>,
{
    let value = probe.wrapping_byte_sub(offset_of!(Kprobe<H>, probe)).cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Kprobe<H>>::new_unchecked(value) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during this callback.
    let probe = unsafe { value.as_ref() };
    // SAFETY: They are the hit's that is being handled (this function's contract).
    let hit = unsafe { Hit::new(regs) };
    let instance = instance.instance();
    probe.handler.entered(&KprobeCall { hit, instance });
}

/// A field under `#[kprobe]`.
pub trait KprobeField: ProbeSymbol + Field<Type: EntryProbe<Self::Instance>> {}

/// The probe of a field under `#[kprobe]`.
pub struct KprobeObject<F>(PhantomData<fn() -> F>);

impl<F: KprobeField> KprobeObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `EntryProbe`, whose contract is this one's.
unsafe impl<F: KprobeField> Object for KprobeObject<F> {
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
