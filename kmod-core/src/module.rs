// SPDX-License-Identifier: GPL-2.0-only
//! The module itself: the static instance, from `init_module` to `cleanup_module`. Its life is that of
//! all instances, told in [`instance`](crate::instance): `init` makes the state, which moves into its
//! [`ModuleSlot`], and no callback ever sees a part of it.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int};
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::error::Result;
use crate::instance::{At, Instance, Object, Static, register_all, take_back};
use crate::params::{self, OnChange};
use crate::print::deferred;
use crate::sync::end_sleeps;

/// What a module struct does when the kernel loads it.
///
/// A struct that is [`Default`] needs no implementation: its default is its initial state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it is made when the module is loaded",
    label = "this module struct has no `init`",
    note = "write `impl KernelModule for {Self} {{ fn init(params: &…Params) -> Result<Self> {{ … }} }}`, \
            or put `#[derive(Default)]` on it"
)]
pub trait KernelModule: Module {
    /// Makes the module's state, in the context of the process that runs `insmod`.
    ///
    /// The parameters already have the values that `insmod` gave. None of the module's objects is
    /// registered yet; they are, in field order, once this returns.
    ///
    /// # Errors
    ///
    /// Whatever is returned becomes the errno of `insmod` (of `finit_module(2)`).
    fn init(params: &Self::Params) -> Result<Self>;
}

impl<M: Module + Default> KernelModule for M {
    fn init(_params: &Self::Params) -> Result<Self> {
        Ok(Self::default())
    }
}

/// The module parameters of a module struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kernel module",
    note = "put `#[kernel_module(name = \"…\", license = \"GPL\")]` on the struct"
)]
pub trait ModuleInfo {
    /// The struct of the parameters, generated from `params(...)`.
    type Params: Sync + 'static;

    /// The parameters, with the values that they have now.
    fn params() -> &'static Self::Params;
}

/// A struct that `#[kernel_module]` has made into a module.
///
/// # Safety
///
/// At most one type of a crate implements this, its [`SLOT`](Module::SLOT) is a static, and its
/// [`objects`](Module::objects) are always the same statics; [`watched`](Module::watched) has
/// every parameter whose `on_change` calls [`with_live`](crate::params::with_live). The type is
/// [`Shared`](crate::sync::Shared); that is no
/// bound, for the compiler would then report a field that is not at the struct, too. Only
/// `#[kernel_module]` implements this, and it checks each field, and the whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kernel module",
    note = "put `#[kernel_module(name = \"…\", license = \"GPL\")]` on the struct"
)]
pub unsafe trait Module: ModuleInfo + Instance<Place = Static<Self>> {
    /// The module's name.
    const NAME: &'static CStr;

    /// The firmware files that it asks for.
    const FIRMWARE: &'static [&'static str] = &[];

    /// Where the instance lives. (Constants cannot hold a reference to what changes.)
    const SLOT: *const ModuleSlot<Self>;

    /// The same.
    #[inline(always)]
    fn slot() -> &'static ModuleSlot<Self> {
        // SAFETY: It is a static (the trait's contract).
        unsafe { &*Self::SLOT }
    }

    /// The kernel objects that it owns, in field order.
    fn objects() -> &'static [&'static dyn Object];

    /// The parameters whose changes it wants to be told of.
    fn watched() -> &'static [&'static dyn OnChange] {
        &[]
    }
}

/// The place of a module's one instance.
///
/// # Invariants
///
/// `state` is initialised from before the first object is registered until after the last one has
/// been unregistered; it is written only outside of that time. `live` is set only within it.
pub struct ModuleSlot<M> {
    state: UnsafeCell<MaybeUninit<M>>,
    live: AtomicBool,
}

// SAFETY: The state is shared only as `&M`, and a module is `Sync`; it is made by `insmod`'s
// process and dropped by `rmmod`'s, and a module is `Send` (`Module`'s contract).
unsafe impl<M: Module> Sync for ModuleSlot<M> {}

impl<M> ModuleSlot<M> {
    /// An empty slot.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            state: UnsafeCell::new(MaybeUninit::uninit()),
            live: AtomicBool::new(false),
        }
    }

    /// How far into a slot the instance is, in bytes.
    pub(crate) const STATE: usize = offset_of!(Self, state);

    /// The instance.
    ///
    /// # Safety
    ///
    /// Only within callbacks of the module's registered objects, and only for as long as the
    /// callback runs.
    pub unsafe fn get(&self) -> &M {
        // SAFETY: The cell's content is not written while objects are registered (invariant).
        let state = unsafe { &*self.state.get() };
        // SAFETY: It is initialised while objects are registered (invariant).
        unsafe { state.assume_init_ref() }
    }

    /// Puts the state in.
    ///
    /// # Safety
    ///
    /// The slot is empty, and no object of the module is registered.
    unsafe fn fill(&self, state: M) {
        // SAFETY: Nobody else looks at the cell while no object is registered.
        let place = unsafe { &mut *self.state.get() };
        place.write(state);
    }

    /// Drops the state.
    ///
    /// # Safety
    ///
    /// The slot is full, and no object of the module is registered.
    unsafe fn clear(&self) {
        // SAFETY: Nobody else looks at the cell while no object is registered.
        let place = unsafe { &mut *self.state.get() };
        // SAFETY: The slot is full.
        unsafe { place.assume_init_drop() };
    }

    /// Whether all of the module's objects are registered.
    ///
    /// What holds a reference to the module (an open file, a mount) may only come to be while this
    /// is true: when `init` fails, the kernel frees the module's text whoever refers to it.
    pub fn live(&self) -> bool {
        self.live.load(Ordering::Acquire)
    }

    /// The same, to be asked later.
    pub(crate) fn is_live(&self) -> &AtomicBool {
        &self.live
    }

    /// Where the instance is.
    pub(crate) fn at(&self) -> NonNull<M> {
        NonNull::from(&self.state).cast()
    }
}

// On kernels with IBT, objtool lists the functions whose address nobody takes, and the kernel removes
// their ENDBR at load. kbuild's own reference to these two, in `__this_module`, is made after that:
// so C modules have another one (`___ADDRESSABLE()` in `module_init()`), and this is ours.
#[cfg(target_os = "none")]
core::arch::global_asm!(
    ".pushsection .init.data,\"aw\"",
    ".balign 8",
    ".quad init_module, cleanup_module",
    ".popsection",
);

/// `init_module()`: makes the state and registers the objects.
///
/// # Safety
///
/// Only from the module's `init_module`.
pub unsafe fn init<M: KernelModule>() -> c_int {
    deferred::begin();
    // SAFETY: By this function's contract.
    let errno = unsafe { register::<M>() };
    if errno != 0 {
        deferred::end();
    }
    errno
}

/// What [`init`] does.
///
/// # Safety
///
/// Only from it.
#[inline(always)]
unsafe fn register<M: KernelModule>() -> c_int {
    params::forget(M::watched());
    match M::init(M::params()) {
        Ok(state) => {
            let slot = M::slot();
            // SAFETY: Nothing is registered yet, so nobody else looks at the state.
            unsafe { slot.fill(state) };
            let at = at::<M>();
            let undo = |done: &[&dyn Object]| {
                if !done.is_empty() {
                    // SAFETY: They were registered with `at`.
                    unsafe { take_back(done, &at, end_sleeps) };
                    wait_for_callbacks();
                }
            };
            // SAFETY: The state has just been initialised, and `init_module` runs once.
            match unsafe { register_all(M::objects(), &at, undo) } {
                Ok(()) => {
                    slot.live.store(true, Ordering::Release);
                    params::catch_up(M::watched());
                    0
                }
                Err(error) => {
                    // SAFETY: The state was put there above, and no callback is left to see it.
                    unsafe { slot.clear() };
                    error.to_errno()
                }
            }
        }
        Err(error) => error.to_errno(),
    }
}

/// `cleanup_module()`: unregisters the objects in reverse and drops the state.
///
/// # Safety
///
/// Only from the module's `cleanup_module`, after [`init`] returned 0.
pub unsafe fn exit<M: Module>() {
    let slot = M::slot();
    slot.live.store(false, Ordering::Release);
    let shut = || {
        end_sleeps();
        params::settle(M::watched());
    };
    // SAFETY: `init` registered them with the same `at`.
    unsafe { take_back(M::objects(), &at::<M>(), shut) };
    // SAFETY: `init` put the state there, and no object is registered any more to see it.
    unsafe { slot.clear() };
    deferred::end();
}

/// Where the module's instance is.
fn at<M: Module>() -> At {
    At {
        instance: M::slot().at().cast(),
        bound: None,
    }
}

/// Waits until no callback runs that holds a reference to the module.
///
/// A failing `init_module` is followed by the freeing of the module's text, even if an `open` of
/// an object that was registered for a moment is still on its way to be refused.
#[cold]
pub(crate) fn wait_for_callbacks() {
    // SAFETY: The helper waits for the module's own reference count; it has no preconditions
    // besides process context, in which `init_module` runs.
    unsafe { kmod_bindings::kmod_module_wait_unused() };
}
