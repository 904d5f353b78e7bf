// SPDX-License-Identifier: GPL-2.0-only
//! What every parameter is that is more than a number or a text of `insmod`'s: a new value is
//! parsed, checked by the module, stored, and the module is told.
//!
//! The kernel calls all of this with the module's parameter lock held. Whoever reads a parameter
//! never takes that lock: numbers are atomic, the rest is copied, or counted as an owner, under a
//! spinlock of its own.

use core::cell::UnsafeCell;
use core::ffi::{c_char, c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::sync::atomic::{AtomicBool, Ordering};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::Parameter;
use crate::error::Result;
use crate::module::Module;
use crate::print::CStrPtr;
use crate::sync::SpinLock;

/// A place for a parameter's value.
///
/// # Safety
/// [`value`](ParamCell::value) may run at any time; what it returns stays valid whatever is stored
/// afterwards.
pub unsafe trait ParamCell: Sync + Sized + 'static {
    /// A value that was parsed and is not stored yet.
    type New;
    /// How the module's functions see a value.
    type View<'a>;
    /// What code reads.
    type Value;
    /// `KERNEL_PARAM_OPS_FL_*`
    const FLAGS: c_uint = 0;

    /// Parses what `insmod` or a write to sysfs gives.
    ///
    /// # Errors
    /// The errno of the kernel's function; the log says more.
    ///
    /// # Safety
    /// The arguments are those that the kernel passes to the parameter's `set`.
    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<Self::New>;

    /// The new value.
    fn view(new: &Self::New) -> Self::View<'_>;

    /// Makes it the value.
    ///
    /// # Safety
    /// The parameter lock is held, and no view of the present value is left.
    unsafe fn store(&self, new: Self::New);

    /// The present value, as it is stored.
    ///
    /// # Safety
    /// Nothing is stored for as long as the view is used: the parameter lock is held, or the
    /// parameter cannot be written any more.
    unsafe fn current(&self) -> Self::View<'_>;

    /// The present value.
    fn value(&self) -> Self::Value;

    /// Shows it in sysfs; returns how many bytes that took, or an errno.
    ///
    /// # Safety
    /// The arguments are those that the kernel passes to the parameter's `get`.
    unsafe fn show(&self, buffer: *mut c_char, kp: &kernel_param) -> c_int;

    /// Gives back its memory.
    ///
    /// # Safety
    /// The module's code has ended.
    unsafe fn free(&self) {}
}

/// A value that is written under two locks, and so can be read under either.
///
/// # Invariants
/// `value` is written only with the module's parameter lock and `lock` held.
pub(super) struct Guarded<T> {
    lock: SpinLock<()>,
    value: UnsafeCell<T>,
}

// SAFETY: It is handed out as `&T`, and replaced by whoever has both locks.
unsafe impl<T: Send + Sync> Sync for Guarded<T> {}

impl<T> Guarded<T> {
    pub(super) const fn new(value: T) -> Self {
        Self {
            lock: SpinLock::new(()),
            value: UnsafeCell::new(value),
        }
    }

    /// Calls `f` with the value; `f` must not sleep.
    pub(super) fn read<R>(&self, f: impl FnOnce(&T) -> R) -> R {
        // SAFETY: The lock is held (invariant).
        self.lock.with(|()| f(unsafe { &*self.value.get() }))
    }

    /// The value, without its lock.
    ///
    /// # Safety
    /// As for [`ParamCell::current`].
    pub(super) unsafe fn peek(&self) -> &T {
        // SAFETY: Nobody writes, as the caller promises.
        unsafe { &*self.value.get() }
    }

    /// Puts another value there.
    ///
    /// # Safety
    /// The parameter lock is held, and no reference by [`peek`](Self::peek) is left.
    pub(super) unsafe fn replace(&self, value: T) -> T {
        self.lock.with(|()| {
            // SAFETY: Both locks are held.
            unsafe { self.value.get().replace(value) }
        })
    }
}

/// Says whether the module was there to be told of a value.
type Tell<C> = for<'a> fn(<C as ParamCell>::View<'a>, &Locked<'a>) -> bool;

/// A cell and the module's own functions for it.
struct Watched<C: ParamCell> {
    cell: C,
    validate: Option<for<'a> fn(C::View<'a>) -> Result>,
    on_change: Option<Tell<C>>,
    /// The module was not there when the value was last written.
    missed: AtomicBool,
}

impl<C: ParamCell> Watched<C> {
    const OPS: kernel_param_ops = kernel_param_ops {
        flags: C::FLAGS,
        set: Some(set::<C>),
        get: Some(get::<C>),
        free: Some(free::<C>),
    };

    const fn new(cell: C) -> Self {
        Self {
            cell,
            validate: None,
            on_change: None,
            missed: AtomicBool::new(false),
        }
    }

    /// Tells the module of the present value.
    ///
    /// # Safety
    /// The parameter lock is held.
    unsafe fn tell(&self) {
        if let Some(on_change) = self.on_change {
            // SAFETY: The lock is held until the function returns.
            let told = on_change(unsafe { self.cell.current() }, &Locked(PhantomData));
            self.missed.store(!told, Ordering::Relaxed);
        }
    }

    /// # Safety
    /// As for [`ParamCell::parse`].
    unsafe fn set(&self, val: *const c_char, kp: &kernel_param) -> Result {
        // SAFETY: As the caller promises.
        let new = unsafe { self.cell.parse(val, kp) }?;
        if let Some(validate) = self.validate {
            validate(C::view(&new)).inspect_err(|_| {
                // SAFETY: The name is a C string in a static.
                let name = unsafe { CStrPtr::new(kp.name) };
                crate::pr_err!("parameter `{name}`: the module's own check refuses the value");
            })?;
        }
        // SAFETY: The kernel calls this with the lock held, and views end with the calls above.
        unsafe { self.cell.store(new) };
        // SAFETY: The kernel calls this with the lock held.
        unsafe { self.tell() };
        Ok(())
    }
}

/// A parameter that keeps the value that `insmod` gave.
#[repr(transparent)]
pub struct Fixed<C: ParamCell>(Watched<C>);

/// A parameter that may be written in sysfs.
#[repr(transparent)]
pub struct Live<C: ParamCell>(Watched<C>);

macro_rules! parameters {
    ($($parameter:ident $writable:literal)*) => {$(
        // SAFETY: It is a `Watched` as regards its layout.
        unsafe impl<C: ParamCell> Parameter for $parameter<C> {
            const OPS: *const kernel_param_ops = &Watched::<C>::OPS;
            const WRITABLE: bool = $writable;
        }

        impl<C: ParamCell> $parameter<C> {
            /// A parameter without functions of the module's.
            pub const fn new(cell: C) -> Self {
                Self(Watched::new(cell))
            }

            /// Has `validate` asked before a value is stored.
            pub const fn validate(mut self, validate: for<'a> fn(C::View<'a>) -> Result) -> Self {
                self.0.validate = Some(validate);
                self
            }
        }
    )*};
}

parameters!(Fixed false Live true);

impl<C: ParamCell> Fixed<C> {
    /// The value that it has.
    pub fn get(&self) -> C::View<'_> {
        // SAFETY: Its file cannot be written (`KernelParam::new`), and the module's code runs after
        // `insmod`'s values were stored.
        unsafe { self.0.cell.current() }
    }
}

impl<C: ParamCell> Live<C> {
    /// The value that it has now.
    pub fn get(&self) -> C::Value {
        self.0.cell.value()
    }

    /// Has `on_change` called after a value was stored; it says whether it could tell the module.
    pub const fn on_change(mut self, on_change: Tell<C>) -> Self {
        self.0.on_change = Some(on_change);
        self
    }
}

/// A parameter whose module wants to be told of changes.
pub trait OnChange: Sync {
    /// Changes until now are known to the module.
    fn forget(&self);

    /// Tells the module of a change that it has missed.
    ///
    /// # Safety
    /// The parameter lock is held.
    unsafe fn catch_up(&self);
}

impl<C: ParamCell> OnChange for Live<C> {
    fn forget(&self) {
        self.0.missed.store(false, Ordering::Relaxed);
    }

    unsafe fn catch_up(&self) {
        if self.0.missed.load(Ordering::Relaxed) {
            // SAFETY: The lock is held.
            unsafe { self.0.tell() };
        }
    }
}

/// The parameter lock, held.
pub struct Locked<'a>(PhantomData<&'a *mut ()>);

/// Calls `f` with the module if it is live, and says whether it is.
///
/// The lock keeps it so: the module is dropped after [`settle`].
pub fn with_live<M: Module>(_: &Locked<'_>, f: impl FnOnce(&M)) -> bool {
    let slot = M::slot();
    let live = slot.live();
    if live {
        // SAFETY: It was live with the lock held, and is not dropped before the lock was free.
        f(unsafe { slot.get() });
    }
    live
}

/// Calls `f` with the parameter lock held.
fn locked(f: impl FnOnce()) {
    // SAFETY: It is the module's own lock; nobody who holds it comes here.
    unsafe { kmod_bindings::kmod_param_lock() };
    f();
    // SAFETY: It was taken above.
    unsafe { kmod_bindings::kmod_param_unlock() };
}

/// Before `init`: what `insmod` gave is no change.
pub(crate) fn forget(watched: &[&dyn OnChange]) {
    if !watched.is_empty() {
        locked(|| watched.iter().for_each(|param| param.forget()));
    }
}

/// The module has gone live: tells it what changed while it was made.
pub(crate) fn catch_up(watched: &[&dyn OnChange]) {
    if !watched.is_empty() {
        locked(|| {
            for param in watched {
                // SAFETY: The lock is held.
                unsafe { param.catch_up() };
            }
        });
    }
}

/// The module is not live any more: waits for an `on_change` that found it so.
pub(crate) fn settle(watched: &[&dyn OnChange]) {
    if !watched.is_empty() {
        locked(|| ());
    }
}

/// The parameter of an entry.
///
/// # Safety
/// [`KernelParam::new`](super::KernelParam::new) made it for a [`Fixed`] or a [`Live`] of `C`.
unsafe fn of<'a, C: ParamCell>(kp: *const kernel_param) -> (&'a kernel_param, &'a Watched<C>) {
    // SAFETY: The caller's entry.
    let kp = unsafe { &*kp };
    // SAFETY: `new` sets `arg`.
    let arg = unsafe { kp.__bindgen_anon_1.arg };
    // SAFETY: It is a `Watched` as regards its layout.
    (kp, unsafe { &*arg.cast::<Watched<C>>() })
}

/// # Safety
/// The kernel calls it for an entry as [`of`] demands.
unsafe extern "C" fn set<C: ParamCell>(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: As the caller promises.
    let (kp, param) = unsafe { of::<C>(kp) };
    // SAFETY: The kernel's arguments.
    match unsafe { param.set(val, kp) } {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

/// # Safety
/// The kernel calls it for an entry as [`of`] demands.
unsafe extern "C" fn get<C: ParamCell>(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: As the caller promises.
    let (kp, param) = unsafe { of::<C>(kp) };
    // SAFETY: The kernel's arguments.
    unsafe { param.cell.show(buffer, kp) }
}

/// # Safety
/// `arg` is a [`Fixed`] or a [`Live`] of `C`, and the module's code has ended.
unsafe extern "C" fn free<C: ParamCell>(arg: *mut c_void) {
    // SAFETY: As the caller promises.
    let param = unsafe { &*arg.cast::<Watched<C>>() };
    // SAFETY: As the caller promises.
    unsafe { param.cell.free() };
}
