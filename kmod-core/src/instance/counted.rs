// SPDX-License-Identifier: GPL-2.0-only
//! A device's struct on the heap, with its objects: it comes when the driver is bound to a device,
//! and goes when nobody refers to it any more.

use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use kmod_bindings::{self as bindings, file};

use super::section::Sections;
use super::{At, Instance, Object, Place, register_all, take_back};
use crate::alloc::{Arc, GFP_KERNEL};
use crate::error::Result;
use crate::error::code::{ENODEV, ENXIO};
use crate::file::{PollEvents, PollTable};
use crate::miscdevice::DeviceMisc;
use crate::module::Module;
use crate::sync::WaitQueue;

/// A struct under [`#[device]`](macro@crate::device): a driver's `probe` makes one for each device.
///
/// # Safety
///
/// [`with_objects`](Device::with_objects) always gives the same objects, all those of
/// [`Objects`](Device::Objects), in field order. Only `#[device]` implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a device",
    label = "a driver's `Device` is a struct under `#[device]`",
    note = "put `#[device]` on `{Self}`"
)]
pub unsafe trait Device: Instance<Place = Counted<Self>> {
    /// The kernel objects that a device owns.
    type Objects;

    /// They, not registered yet.
    fn objects() -> Self::Objects;

    /// Calls `f` with them, in field order.
    fn with_objects<R>(objects: &Self::Objects, f: impl FnOnce(&[&dyn Object]) -> R) -> R;
}

/// What objects know of the device that they belong to, whatever its type.
///
/// # Invariants
///
/// `parent` is the kernel's device, which lives while the objects are registered.
pub(crate) struct Bound {
    sections: Sections,
    live: AtomicBool,
    /// Whether the module is.
    module_live: &'static AtomicBool,
    /// Polls wait here for the end.
    gone: WaitQueue,
    /// Which one of its driver's devices it is: what `{index}` in a name stands for.
    pub(crate) index: u32,
    /// The task in which a handler of its runtime power management runs, or 0.
    power_changer: AtomicI32,
    pub(crate) parent: *mut bindings::device,
}

impl Bound {
    /// Whether this is called by a handler that suspends or resumes the device.
    pub(crate) fn is_changing_power(&self) -> bool {
        // SAFETY: It has no preconditions.
        self.power_changer.load(Ordering::Relaxed) == unsafe { bindings::kmod_current_pid() }
    }

    /// Whether files may be opened.
    fn check_live(&self) -> Result {
        if !self.module_live.load(Ordering::Acquire) {
            return Err(ENXIO);
        }
        if !self.live.load(Ordering::Acquire) {
            return Err(ENODEV);
        }
        Ok(())
    }
}

/// What is done with a device around its objects: before they are registered, and after they were
/// unregistered.
pub(crate) trait Around {
    /// Its struct is in place, at `placed`.
    ///
    /// # Errors
    ///
    /// Any: nothing of it is left then.
    ///
    /// # Safety
    ///
    /// The device is being bound, and what `placed` points to stays until [`stop`](Around::stop) has returned.
    unsafe fn start(&self, placed: NonNull<c_void>) -> Result;

    /// Nothing of it is registered any more.
    ///
    /// # Safety
    ///
    /// The device is being bound or unbound, and [`start`](Around::start) has returned `Ok`.
    unsafe fn stop(&self);
}

/// A device's struct where it stays.
///
/// # Invariants
///
/// It is in an [`Arc`], and its sections are open, from `bring_up` on.
#[repr(C)]
pub struct Placed<D: Device> {
    /// The first: objects have a pointer to it alone.
    bound: Bound,
    objects: D::Objects,
    state: D,
}

// SAFETY: The state is `Send` (`Instance`'s contract), the objects are the kernel's, and `parent` is
// only handed to it.
unsafe impl<D: Device> Send for Placed<D> {}
// SAFETY: The state is `Sync` (`Instance`'s contract), and so is each object; `parent` is only
// handed to the kernel.
unsafe impl<D: Device> Sync for Placed<D> {}

impl<D: Device> Placed<D> {
    /// Places a device's state, registers its objects, and lets files be opened. What is returned is
    /// for [`take_down`](Self::take_down).
    ///
    /// # Errors
    ///
    /// `ENOMEM`, or the errno of the object that could not be registered; nothing is left then.
    ///
    /// # Safety
    ///
    /// The driver of module `M` is being bound to the kernel's device `parent`, which lives until
    /// `take_down` has returned, and `around` is for it. Process context.
    pub(crate) unsafe fn bring_up<M: Module>(
        state: D,
        index: u32,
        parent: *mut bindings::device,
        around: &impl Around,
    ) -> Result<NonNull<Self>> {
        let bound = Bound {
            sections: Sections::new(),
            live: AtomicBool::new(false),
            module_live: M::slot().is_live(),
            gone: WaitQueue::new(),
            index,
            power_changer: AtomicI32::new(0),
            parent,
        };
        let placed = Self {
            bound,
            objects: D::objects(),
            state,
        };
        let placed = Arc::into_raw(Arc::new(placed, GFP_KERNEL)?);
        // SAFETY: `into_raw` gave it, and the owner is taken back below or by `take_down`.
        let this = unsafe { &*placed };
        // SAFETY: It is new, and stays in the `Arc`. All ways from here drain them.
        unsafe { this.bound.sections.open() };
        // SAFETY: The device is being bound (this function's contract), and the struct stays: on all ways from
        // here `stop` is called before the owner is taken back.
        if let Err(error) = unsafe { around.start(NonNull::from(this).cast()) } {
            this.shut();
            // SAFETY: `into_raw` gave it, and it is taken back once.
            drop(unsafe { Arc::from_raw(placed) });
            return Err(error);
        }
        let at = this.at();
        // SAFETY: They were registered with `at`.
        let undo = |done: &[&dyn Object]| unsafe { take_back(done, &at, || this.shut()) };
        let register = |objects: &[&dyn Object]| {
            // SAFETY: The state is at `at`, and none of the objects is registered: they are new.
            unsafe { register_all(objects, &at, undo) }
        };
        if let Err(error) = D::with_objects(&this.objects, register) {
            // SAFETY: The device is being bound, and `start` has returned `Ok` above.
            unsafe { around.stop() };
            // SAFETY: `into_raw` gave it, and it is taken back once.
            drop(unsafe { Arc::from_raw(placed) });
            return Err(error);
        }
        this.bound.live.store(true, Ordering::Release);
        Ok(NonNull::from(this))
    }

    /// Takes a device from its driver: lets nobody in, waits until nobody is inside, calls `last`,
    /// and unregisters the objects. The state goes when the last open file is closed.
    ///
    /// # Safety
    ///
    /// [`bring_up`](Self::bring_up) gave `placed`, with what `around` was then, and this is the only call for
    /// it: its device is being unbound. Process context.
    pub(crate) unsafe fn take_down(
        placed: NonNull<Self>,
        last: impl FnOnce(&D),
        around: &impl Around,
    ) {
        // SAFETY: `bring_up` kept an owner, which is taken back below.
        let this = unsafe { placed.as_ref() };
        let at = this.at();
        this.bound.live.store(false, Ordering::Release);
        D::with_objects(&this.objects, |objects| {
            let shut = || {
                this.shut();
                last(&this.state);
            };
            // SAFETY: `bring_up` registered them with the same `at`.
            unsafe { take_back(objects, &at, shut) };
        });
        // SAFETY: The device is being unbound, and `start` has returned `Ok`, or `bring_up` had given nothing.
        unsafe { around.stop() };
        // SAFETY: `bring_up` kept it by `into_raw`, and this is the only call.
        drop(unsafe { Arc::from_raw(placed.as_ptr()) });
    }

    /// The state of a device, and what it is bound to.
    ///
    /// # Safety
    ///
    /// [`bring_up`](Self::bring_up) gave `placed`, and [`take_down`](Self::take_down) is not called
    /// during `'a`.
    pub(crate) unsafe fn state<'a>(placed: NonNull<Self>) -> (&'a D, u32) {
        // SAFETY: The owner that `bring_up` kept is not dropped meanwhile (the caller's promise).
        let this = unsafe { placed.as_ref() };
        (&this.state, this.bound.index)
    }

    /// Calls `f`, which suspends or resumes the device for its runtime power management: the kernel has one do
    /// so at a time.
    ///
    /// # Safety
    ///
    /// As [`state`](Self::state).
    pub(crate) unsafe fn change_power<R>(placed: NonNull<Self>, f: impl FnOnce() -> R) -> R {
        // SAFETY: The owner that `bring_up` kept is not dropped meanwhile (the caller's promise).
        let changer = &unsafe { placed.as_ref() }.bound.power_changer;
        // SAFETY: It has no preconditions.
        changer.store(unsafe { bindings::kmod_current_pid() }, Ordering::Relaxed);
        let result = f();
        changer.store(0, Ordering::Relaxed);
        result
    }

    /// One more owner of a device's struct, which is given back by [`enter_held`](Self::enter_held).
    ///
    /// # Safety
    ///
    /// `placed` is what [`Around::start`] was given, and [`Around::stop`] has not returned.
    pub(crate) unsafe fn hold(placed: NonNull<c_void>) {
        // SAFETY: `bring_up` has it from `into_raw`, and keeps an owner until `stop` has returned (this
        // function's contract).
        let owner = unsafe { Arc::clone_raw(placed.as_ptr().cast::<Self>()) };
        let _ = Arc::into_raw(owner);
    }

    /// Gives an owner back after a call of `f` inside the device, which is not made if the device is not live.
    ///
    /// # Safety
    ///
    /// [`hold`](Self::hold) was called for `placed`, and this is the only call for that. Process context.
    pub(crate) unsafe fn enter_held(placed: NonNull<c_void>, f: impl FnOnce(&D)) {
        // SAFETY: `hold` has kept it by `into_raw`, and it is taken back once (this function's contract).
        let owner = unsafe { Arc::from_raw(placed.as_ptr().cast::<Self>()) };
        if owner.bound.check_live().is_err() {
            return;
        }
        // What comes while it closes is nobody's any more.
        // SAFETY: They are open, or were (invariant), and stay with the owner.
        let _: Result = unsafe { owner.bound.sections.enter(|| f(&owner.state)) };
    }

    /// Lets nobody in any more, and wakes who sleeps inside, before [`take_down`](Self::take_down) does so.
    ///
    /// # Safety
    ///
    /// `placed` is what [`Around::start`] was given, the device is about to be unbound, and `take_down` is not
    /// called yet.
    pub(crate) unsafe fn shut_early(placed: NonNull<c_void>) {
        // SAFETY: It is a `Placed`, of which `bring_up` keeps an owner until `take_down` (this function's
        // contract).
        let this = unsafe { placed.cast::<Self>().as_ref() };
        this.bound.live.store(false, Ordering::Release);
        // SAFETY: They are open (invariant), and drained by `take_down` alone, which comes after this.
        unsafe { this.bound.sections.close() };
    }

    /// What is around a device's state.
    ///
    /// # Safety
    ///
    /// `state` is the state of a device that was placed, and lives for `'a`.
    unsafe fn around<'a>(state: NonNull<D>) -> &'a Self {
        let placed = state
            .as_ptr()
            .wrapping_byte_sub(offset_of!(Self, state))
            .cast::<Self>();
        // SAFETY: It is the state of a `Placed`, and lives (this function's contract).
        unsafe { &*placed }
    }

    /// Where the instance is.
    fn at(&self) -> At {
        At {
            instance: NonNull::from(&self.state).cast(),
            bound: Some(NonNull::from(&self.bound)),
        }
    }

    /// Closes the sections, and waits until nobody is inside.
    fn shut(&self) {
        // SAFETY: They are open (invariant), or closed early and not drained.
        unsafe { self.bound.sections.close() };
        self.bound
            .gone
            .wake_up_poll(PollEvents::HUP | PollEvents::ERR);
        // SAFETY: They are closed, once: a device is brought up and taken down once, and when it is
        // not brought up, it is not taken down.
        unsafe { self.bound.sections.drain() };
    }
}

/// The place of a device: an open file holds a reference to it, and calls of its handlers are counted.
///
/// # Invariants
///
/// Objects of the device were registered when the value was made.
pub struct Counted<D: Device>(Arc<Placed<D>>);

// SAFETY: The value is an owner of what the instance is a part of. Sections are closed and drained
// before an object is unregistered.
unsafe impl<D: Device> Place<D> for Counted<D> {
    unsafe fn opening(file: *mut file) -> Result<Self> {
        // SAFETY: The kernel opens a file of one of this device's objects, a misc device (the caller's
        // promise; nothing else of a device has files).
        let bound = unsafe { DeviceMisc::bound_of(file) };
        // SAFETY: The device's object is registered: its state and all around it are there.
        let what = unsafe { bound.as_ref() };
        what.check_live()?;
        // SAFETY: It is the first field of a `Placed<D>`, which `bring_up` has from `into_raw` and keeps
        // an owner of as long as the object is registered; and the kernel waits for the running
        // `open` before that ends.
        Ok(Self(unsafe { Arc::clone_raw(bound.as_ptr().cast()) }))
    }

    fn at(&self) -> NonNull<D> {
        NonNull::from(&self.0.state)
    }

    unsafe fn live(at: NonNull<D>) -> Result {
        // SAFETY: An instance of a device is the state of a `Placed`, and it lives while one of its
        // objects is registered, of which a callback runs (the caller's promise).
        unsafe { Placed::around(at) }.bound.check_live()
    }

    unsafe fn enter<'a, R>(at: NonNull<D>, f: impl FnOnce(&'a D) -> R) -> Result<R>
    where
        D: 'a,
    {
        // SAFETY: An instance of a device is the state of a `Placed`, and it lives for `'a` (the caller's
        // promise).
        let placed: &'a Placed<D> = unsafe { Placed::around(at) };
        // SAFETY: They are open, or were (`Placed`'s invariant), and live as long as the instance.
        unsafe { placed.bound.sections.enter(|| f(&placed.state)) }
    }

    fn poll<'a>(&'a self, table: &mut PollTable<'a>) {
        table.wait(&self.0.bound.gone);
    }
}
