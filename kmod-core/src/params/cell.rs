// SPDX-License-Identifier: GPL-2.0-only
//! What every parameter is that is more than a number or a text of `insmod`'s: a new value is
//! parsed, checked by the module, stored, and the module is told.
//!
//! The kernel calls all of this with the module's parameter lock held. Whoever reads a parameter
//! never takes that lock: numbers are atomic, the rest is copied, or counted as an owner, under a
//! spinlock of its own, which handlers of any context may take.

use core::cell::UnsafeCell;
use core::ffi::{c_char, c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::sync::atomic::{AtomicBool, Ordering};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::Parameter;
use super::kept::Kept;
use crate::error::{Error, Result};
use crate::module::Module;
use crate::print::CStrPtr;
use crate::sync::SpinLockIrq;

/// A place for a parameter's value.
///
/// # Safety
/// [`value`](ParamCell::value) may run at any time; what it returns stays valid whatever is stored
/// afterwards. [`New`](ParamCell::New) is `Send` and `Sync`. A [`View`](ParamCell::View) that is a part
/// of a value, or refers to one, is so only if this is [`BORROWED`](ParamCell::BORROWED).
pub unsafe trait ParamCell: Sync + Sized + 'static {
    /// A value that was parsed and is not stored yet.
    type New;
    /// How the module's functions see a value.
    type View<'a>;
    /// Whether a view refers to the value. If so, a [`Fixed`] keeps all values that it is given, and
    /// the cell keeps the default.
    const BORROWED: bool;
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

    /// Shows `kept`, or else the present value, in sysfs; returns how many bytes that took, or an
    /// errno.
    ///
    /// # Safety
    /// The arguments are those that the kernel passes to the parameter's `get`.
    unsafe fn show(
        &self,
        kept: Option<&Self::New>,
        buffer: *mut c_char,
        kp: &kernel_param,
    ) -> c_int;

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
    lock: SpinLockIrq<()>,
    value: UnsafeCell<T>,
}

// SAFETY: It is handed out as `&T`, and replaced by whoever has both locks.
unsafe impl<T: Send + Sync> Sync for Guarded<T> {}

impl<T> Guarded<T> {
    pub(super) const fn new(value: T) -> Self {
        Self {
            lock: SpinLockIrq::new(()),
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
        // SAFETY: Nothing is stored while the reference is used (the contract of `current`).
        unsafe { &*self.value.get() }
    }

    /// Puts another value there when nobody else is left: without the lock, since the kernel counts the
    /// module's memory as free by then, and lockdep knows no lock in it.
    ///
    /// # Safety
    /// As for [`ParamCell::free`].
    pub(super) unsafe fn replace_last(&self, value: T) {
        // SAFETY: The module's code has ended (`ParamCell::free`'s contract): nobody else is here.
        drop(unsafe { self.value.get().replace(value) });
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

    /// The new value, if the module takes it.
    ///
    /// # Safety
    /// As for [`ParamCell::parse`].
    unsafe fn take(&self, val: *const c_char, kp: &kernel_param) -> Result<C::New> {
        // SAFETY: The arguments are the kernel's (this function's contract).
        let new = unsafe { self.cell.parse(val, kp) }?;
        if let Some(validate) = self.validate {
            validate(C::view(&new)).inspect_err(|_| {
                // SAFETY: The name is a C string in a static.
                let name = unsafe { CStrPtr::new(kp.name) };
                crate::pr_err!("parameter `{name}`: the module's own check refuses the value");
            })?;
        }
        Ok(new)
    }
}

/// A parameter that keeps the value that `insmod` gave, and what refers to it.
#[repr(C)]
pub struct Fixed<C: ParamCell> {
    watched: Watched<C>,
    kept: Kept<C::New>,
}

// SAFETY: A cell is `Sync`; values are `Send` and `Sync` (`ParamCell`'s contract).
unsafe impl<C: ParamCell> Sync for Fixed<C> {}

/// A parameter that may be written in sysfs.
pub struct Live<C: ParamCell> {
    watched: Watched<C>,
}

// SAFETY: The functions take their `arg` for a `Fixed<C>`.
unsafe impl<C: ParamCell> Parameter for Fixed<C> {
    const OPS: *const kernel_param_ops = &kernel_param_ops {
        flags: C::FLAGS,
        set: Some(set_fixed::<C>),
        get: Some(get_fixed::<C>),
        free: Some(free_fixed::<C>),
    };
    const WRITABLE: bool = false;
}

impl<C: ParamCell> Fixed<C> {
    /// A parameter without functions of the module's.
    pub const fn new(cell: C) -> Self {
        Self {
            watched: Watched::new(cell),
            kept: Kept::new(),
        }
    }

    /// Has `validate` asked before a value is stored.
    pub const fn validate(mut self, validate: for<'a> fn(C::View<'a>) -> Result) -> Self {
        self.watched.validate = Some(validate);
        self
    }

    /// The value that it has.
    pub fn get(&self) -> C::View<'_> {
        if let Some(new) = self.kept() {
            return C::view(new);
        }
        // SAFETY: If the view refers to the cell's value, that is the default, which stays. Else
        // nothing is stored meanwhile: `insmod` sets parameters one after the other, before their
        // files are there, and the file of this one cannot be written (`KernelParam::new`).
        unsafe { self.watched.cell.current() }
    }

    /// What was given, if views refer to it.
    fn kept(&self) -> Option<&C::New> {
        if !C::BORROWED {
            return None;
        }
        // SAFETY: Values come one after the other by `insmod`, and go after the module's code has
        // ended. What runs meanwhile is in `insmod`'s own thread, between two of them.
        unsafe { self.kept.last() }
    }

    /// Parses a value and makes it the parameter's.
    ///
    /// # Safety
    /// As for [`ParamCell::parse`].
    unsafe fn set(&self, val: *const c_char, kp: &kernel_param) -> Result {
        // SAFETY: The arguments are the kernel's (this function's contract).
        let new = unsafe { self.watched.take(val, kp) }?;
        if C::BORROWED {
            // SAFETY: Only `insmod` calls this, for one value after the other.
            return unsafe { self.kept.keep(new) };
        }
        // SAFETY: The kernel calls this with the lock held, and no view refers to the value.
        unsafe { self.watched.cell.store(new) };
        Ok(())
    }
}

// SAFETY: The functions take their `arg` for a `Live<C>`.
unsafe impl<C: ParamCell> Parameter for Live<C> {
    const OPS: *const kernel_param_ops = &kernel_param_ops {
        flags: C::FLAGS,
        set: Some(set_live::<C>),
        get: Some(get_live::<C>),
        free: Some(free_live::<C>),
    };
    const WRITABLE: bool = true;
}

impl<C: ParamCell> Live<C> {
    /// A parameter without functions of the module's.
    pub const fn new(cell: C) -> Self {
        Self {
            watched: Watched::new(cell),
        }
    }

    /// Has `validate` asked before a value is stored.
    pub const fn validate(mut self, validate: for<'a> fn(C::View<'a>) -> Result) -> Self {
        self.watched.validate = Some(validate);
        self
    }

    /// The value that it has now.
    pub fn get(&self) -> C::Value {
        self.watched.cell.value()
    }

    /// Parses a value, makes it the parameter's and tells the module.
    ///
    /// # Safety
    /// As for [`ParamCell::parse`].
    unsafe fn set(&self, val: *const c_char, kp: &kernel_param) -> Result {
        // SAFETY: The arguments are the kernel's (this function's contract).
        let new = unsafe { self.watched.take(val, kp) }?;
        // SAFETY: The kernel calls this with the lock held, and `take` is done with its views.
        unsafe { self.watched.cell.store(new) };
        // SAFETY: The kernel calls this with the lock held.
        unsafe { self.watched.tell() };
        Ok(())
    }

    /// Has `on_change` called after a value was stored; it says whether it could tell the module.
    pub const fn on_change(mut self, on_change: Tell<C>) -> Self {
        self.watched.on_change = Some(on_change);
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
        self.watched.missed.store(false, Ordering::Relaxed);
    }

    unsafe fn catch_up(&self) {
        if self.watched.missed.load(Ordering::Relaxed) {
            // SAFETY: The lock is held.
            unsafe { self.watched.tell() };
        }
    }
}

/// The parameter lock, held.
pub struct Locked<'a>(PhantomData<&'a *mut ()>);

/// Calls `f` with the module if it is live, and says whether it is.
///
/// The lock keeps it so: the module is dropped after `settle`.
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
/// [`KernelParam::new`](super::KernelParam::new) made it for a `P`.
unsafe fn of<'a, P: Parameter>(kp: *const kernel_param) -> (&'a kernel_param, &'a P) {
    // SAFETY: `KernelParam::new` made the entry (this function's contract).
    let kp = unsafe { &*kp };
    // SAFETY: `new` sets `arg`.
    let arg = unsafe { kp.__bindgen_anon_1.arg };
    // SAFETY: `new` was given a `P` (this function's contract).
    (kp, unsafe { &*arg.cast::<P>() })
}

/// # Safety
/// The kernel calls it as `set` of an entry for a [`Fixed`] of `C`.
unsafe extern "C" fn set_fixed<C: ParamCell>(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel's entry.
    let (kp, param) = unsafe { of::<Fixed<C>>(kp) };
    // SAFETY: The kernel's arguments.
    unsafe { param.set(val, kp) }.map_or_else(Error::to_errno, |()| 0)
}

/// # Safety
/// The kernel calls it as `set` of an entry for a [`Live`] of `C`.
unsafe extern "C" fn set_live<C: ParamCell>(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel's entry.
    let (kp, param) = unsafe { of::<Live<C>>(kp) };
    // SAFETY: The kernel's arguments.
    unsafe { param.set(val, kp) }.map_or_else(Error::to_errno, |()| 0)
}

/// # Safety
/// The kernel calls it as `get` of an entry for a [`Fixed`] of `C`.
unsafe extern "C" fn get_fixed<C: ParamCell>(
    buffer: *mut c_char,
    kp: *const kernel_param,
) -> c_int {
    // SAFETY: The kernel's entry.
    let (kp, param) = unsafe { of::<Fixed<C>>(kp) };
    // SAFETY: The kernel's arguments.
    unsafe { param.watched.cell.show(param.kept(), buffer, kp) }
}

/// # Safety
/// The kernel calls it as `get` of an entry for a [`Live`] of `C`.
unsafe extern "C" fn get_live<C: ParamCell>(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel's entry.
    let (kp, param) = unsafe { of::<Live<C>>(kp) };
    // SAFETY: The kernel's arguments.
    unsafe { param.watched.cell.show(None, buffer, kp) }
}

/// # Safety
/// `arg` is a [`Fixed`] of `C`, and the module's code has ended.
unsafe extern "C" fn free_fixed<C: ParamCell>(arg: *mut c_void) {
    // SAFETY: It is one (this function's contract).
    let param = unsafe { &*arg.cast::<Fixed<C>>() };
    if C::BORROWED {
        // SAFETY: The module's code has ended (this function's contract).
        unsafe { param.kept.release() };
    }
}

/// # Safety
/// `arg` is a [`Live`] of `C`, and the module's code has ended.
unsafe extern "C" fn free_live<C: ParamCell>(arg: *mut c_void) {
    // SAFETY: It is one (this function's contract).
    let param = unsafe { &*arg.cast::<Live<C>>() };
    // SAFETY: The module's code has ended (this function's contract).
    unsafe { param.watched.cell.free() };
}
