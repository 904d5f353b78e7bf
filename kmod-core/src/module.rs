// SPDX-License-Identifier: GPL-2.0-only
//! The module itself: its one instance, its life, and the kernel objects that it owns.
//!
//! A module lives through three stages, and no callback ever sees a part of one:
//!
//! 1. `init` makes the state, which moves into its [`ModuleSlot`];
//! 2. the objects are registered in field order, and the module goes *live*;
//! 3. `exit` unregisters the objects in reverse, each waiting for what still runs in it, and drops
//!    the state.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int};
use core::hint;
use core::mem::{MaybeUninit, offset_of};
use core::sync::atomic::{AtomicBool, Ordering};

use crate::error::Result;
use crate::params::{self, OnChange};

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
pub unsafe trait Module: ModuleInfo + Sized + 'static {
    /// The module's name.
    const NAME: &'static CStr;

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

/// How generated code reaches an attributed field of the module struct.
pub trait Field: 'static {
    /// The module struct.
    type Module: Module;
    /// The field's type.
    type Type: 'static;

    /// The field.
    fn get(module: &Self::Module) -> &Self::Type;
}

/// A module that can hand out an `M`: itself, or `()` for code that any module may use.
#[diagnostic::on_unimplemented(
    message = "a handler with `type Module = {M}` is a field of the module `{Self}`",
    note = "write `type Module = {Self};` in its `impl`, or leave the line out"
)]
pub trait Provides<M: 'static> {
    /// The `M`.
    fn provide(&self) -> &M;
}

/// A kernel object that belongs to the module: a device, a sysctl, a file system.
///
/// # Safety
///
/// When [`unregister`](Object::unregister) returns, no callback of the object runs and none will
/// start, but for those that hold a reference to the module.
pub unsafe trait Object: Sync {
    /// Makes the object known to the kernel.
    ///
    /// # Errors
    ///
    /// The errno of the kernel's function that refused; nothing is left registered then, and no
    /// callback of the object runs, whatever it holds.
    ///
    /// # Safety
    ///
    /// The module's state is in its slot, and the object is not registered. Calls of `register`
    /// and `unregister` do not overlap.
    unsafe fn register(&'static self) -> Result;

    /// Takes it back.
    ///
    /// # Safety
    ///
    /// The object is registered, and those that were registered after it are not any more. Calls of
    /// `register` and `unregister` do not overlap.
    unsafe fn unregister(&'static self);
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
    params::forget(M::watched());
    match M::init(M::params()) {
        Ok(state) => {
            let slot = M::slot();
            // SAFETY: Nothing is registered yet, so nobody else looks at the state.
            unsafe { slot.fill(state) };
            // SAFETY: The state has just been initialised, and `init_module` runs once.
            match unsafe { register_all(M::objects()) } {
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
    params::settle(M::watched());
    // SAFETY: `init` registered them.
    unsafe { unregister_all(M::objects().iter()) };
    // SAFETY: `init` put the state there, and no object is registered any more to see it.
    unsafe { slot.clear() };
}

/// Registers the objects in order; on failure, takes back in reverse what was registered, and waits
/// until none of their callbacks runs.
///
/// # Safety
///
/// As [`Object::register`], for each of them.
unsafe fn register_all<O: Object>(objects: &'static [O]) -> Result {
    for (done, object) in objects.iter().enumerate() {
        // SAFETY: As the caller promises.
        if let Err(error) = unsafe { object.register() } {
            if done > 0 {
                // SAFETY: They were registered in earlier turns of the loop.
                unsafe { unregister_all(objects.iter().take(done)) };
                wait_for_callbacks();
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Takes the objects back, in reverse.
///
/// # Safety
///
/// As [`Object::unregister`], for each of them.
unsafe fn unregister_all<O>(objects: impl DoubleEndedIterator<Item = &'static O>)
where
    O: Object + 'static,
{
    for object in objects.rev() {
        // SAFETY: As the caller promises.
        unsafe { object.unregister() };
    }
}

// SAFETY: By the object's promise.
unsafe impl Object for &'static dyn Object {
    unsafe fn register(&'static self) -> Result {
        // SAFETY: As the caller promises.
        unsafe { (**self).register() }
    }

    unsafe fn unregister(&'static self) {
        // SAFETY: As the caller promises.
        unsafe { (**self).unregister() };
    }
}

// A table: objects of one kind which follow each other in the module.
//
// SAFETY: By the promise of each of them.
unsafe impl<O: Object, const N: usize> Object for [O; N] {
    unsafe fn register(&'static self) -> Result {
        // SAFETY: As the caller promises.
        unsafe { register_all(as_rolled(self)) }
    }

    unsafe fn unregister(&'static self) {
        // SAFETY: As the caller promises.
        unsafe { unregister_all(as_rolled(self).iter()) };
    }
}

/// A table whose length the compiler does not know: it would write out a call for each row.
fn as_rolled<O, const N: usize>(table: &[O; N]) -> &[O] {
    if N > 1 { hint::black_box(table) } else { table }
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
