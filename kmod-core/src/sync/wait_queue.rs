// SPDX-License-Identifier: GPL-2.0-only
//! Where tasks sleep until something is so.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_long, c_uint, c_ulong};
use core::fmt;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicBool, Ordering, fence};
use core::time::Duration;

use kmod_bindings::{self as bindings, kmod_wait_queue};

use super::MutexGuard;
use super::site::Site;
use crate::error::Result;
use crate::error::code::{ENODEV, ERESTARTSYS, ETIMEDOUT};
use crate::file::PollEvents;
use crate::linked::Linked;
use crate::time::msecs;

/// Tasks that wait for something to become true, and polls that wait for a file.
///
/// The kernel's `wait_queue_head_t`, made by an ordinary expression. Who makes the condition true
/// calls [`wake_up`](Self::wake_up) afterwards; that costs next to nothing when nobody waits, and
/// is allowed everywhere, in [`SpinLock::with`](super::SpinLock::with) too.
///
/// | to wait | write |
/// |---|---|
/// | for what atomics say | [`queue.wait(condition)`](Self::wait) |
/// | for what is behind a [`Mutex`](super::Mutex), and then hold it | [`queue.wait_locked(guard, condition)`](Self::wait_locked) |
/// | not longer than some time | [`queue.timeout(duration)`](Self::timeout), then one of these |
/// | one at a time, so that a wake-up wakes one | [`queue.exclusive()`](Self::exclusive), then one of these |
/// | whatever signal comes, but to be killed | [`queue.killable()`](Self::killable), then one of these |
/// | whatever comes | [`queue.uninterruptible()`](Self::uninterruptible), then one of these |
///
/// A condition is ordinary code: it runs outside of the queue, and may sleep or lock. It runs at
/// least once, and again after wake-ups; that none is missed is the queue's job.
///
/// ```
/// use kmod_core::sync::{Mutex, WaitQueue};
///
/// let queue = WaitQueue::new();
/// let letters = Mutex::new(1);
/// let mut letters = queue.wait_locked(letters.lock(), |letters| *letters > 0)?;
/// *letters -= 1;
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// `queue` is all zeroes or was initialised at the address that it holds, which need not be the
/// present one. What is queued in it borrows it: a sleeper until its call returns, a poll for as
/// long as the file's device, module or state lives ([`PollTable::wait`]). So it is moved only
/// while nothing is queued.
///
/// [`PollTable::wait`]: crate::file::PollTable::wait
pub struct WaitQueue {
    queue: UnsafeCell<MaybeUninit<kmod_wait_queue>>,
    site: Site,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl Sync for WaitQueue {}

// SAFETY: It is bound to no task.
unsafe impl Send for WaitQueue {}

impl WaitQueue {
    /// An empty queue.
    #[track_caller]
    pub const fn new() -> Self {
        Self {
            // INVARIANT: All zeroes.
            queue: UnsafeCell::new(MaybeUninit::zeroed()),
            site: Site::of_caller(),
        }
    }

    /// Sleeps until `condition` is true: `wait_event_interruptible()`.
    ///
    /// # Errors
    ///
    /// `ERESTARTSYS` if a signal came first: returned from a handler, it lets the system call begin
    /// again, or be `EINTR`, as the signal's `SA_RESTART` says. `ENODEV` if what the handler belongs to
    /// is being taken away: the module, or the device.
    pub fn wait(&self, condition: impl FnMut() -> bool) -> Result {
        self.with(bindings::KMOD_TASK_INTERRUPTIBLE).wait(condition)
    }

    /// Sleeps until `condition` is true of the mutex's value; the mutex is given back for the time
    /// of the sleep, and held when this returns.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); the mutex is not held then.
    pub fn wait_locked<'m, T: ?Sized>(
        &self,
        guard: MutexGuard<'m, T>,
        condition: impl FnMut(&mut T) -> bool,
    ) -> Result<MutexGuard<'m, T>> {
        self.with(bindings::KMOD_TASK_INTERRUPTIBLE)
            .wait_locked(guard, condition)
    }

    /// A wait that ends after `timeout` (in jiffies, rounded up) with `ETIMEDOUT`:
    /// `wait_event_interruptible_timeout()`.
    pub fn timeout(&self, timeout: Duration) -> Wait<'_> {
        self.with(bindings::KMOD_TASK_INTERRUPTIBLE)
            .timeout(timeout)
    }

    /// A wait of which each wake-up ends one: `wait_event_interruptible_exclusive()`. Who was woken
    /// must use up what it waited for, or wake the next.
    pub fn exclusive(&self) -> Wait<'_> {
        self.with(bindings::KMOD_TASK_INTERRUPTIBLE).exclusive()
    }

    /// A wait that only a signal which kills ends: `wait_event_killable()`.
    pub fn killable(&self) -> Wait<'_> {
        self.with(bindings::KMOD_TASK_KILLABLE)
    }

    /// A wait that no signal ends: `wait_event()`. It ends when what the handler belongs to is taken
    /// away, as all waits. For [`release`], which also runs for tasks that
    /// are being killed; elsewhere a task that cannot be killed is a nuisance.
    ///
    /// [`release`]: crate::file::FileOperations::release
    pub fn uninterruptible(&self) -> Wait<'_> {
        self.with(bindings::KMOD_TASK_UNINTERRUPTIBLE)
    }

    /// A wait that no signal ends, and that is not counted as load: for threads of the kernel.
    pub(crate) fn idle(&self) -> Wait<'_> {
        self.with(bindings::KMOD_TASK_IDLE)
    }

    /// Wakes all that wait, but of the exclusive ones only one.
    pub fn wake_up(&self) {
        self.wake(bindings::KMOD_TASK_NORMAL, 1, PollEvents::default());
    }

    /// Wakes all that wait.
    pub fn wake_up_all(&self) {
        self.wake(bindings::KMOD_TASK_NORMAL, 0, PollEvents::default());
    }

    /// As [`wake_up`](Self::wake_up), but leaves killable and uninterruptible waits asleep.
    pub fn wake_up_interruptible(&self) {
        self.wake(bindings::KMOD_TASK_INTERRUPTIBLE, 1, PollEvents::default());
    }

    /// As [`wake_up`](Self::wake_up), and tells polls what happened: those that wait for other
    /// events sleep on.
    pub fn wake_up_poll(&self, events: PollEvents) {
        self.wake(bindings::KMOD_TASK_NORMAL, 1, events);
    }

    fn with(&self, state: c_uint) -> Wait<'_> {
        Wait {
            queue: self,
            state,
            exclusive: false,
            timeout: bindings::KMOD_MAX_SCHEDULE_TIMEOUT,
        }
    }

    fn wake(&self, mode: c_uint, nr: c_int, events: PollEvents) {
        // SAFETY: The queue is zeroes or was initialised (invariant).
        unsafe { bindings::kmod_wait_queue_wake(self.as_ptr(), mode, nr, events.bits()) };
    }

    fn as_ptr(&self) -> *mut kmod_wait_queue {
        self.queue.get().cast()
    }

    /// The queue, for who is about to be queued in it.
    pub(crate) fn for_waiting(&self) -> *mut kmod_wait_queue {
        let queue = self.as_ptr();
        self.site.tell(|site, name| {
            // SAFETY: The queue is zeroes or was initialised, and nothing is queued at another address
            // (invariant). Site and name are constants of the module.
            unsafe { bindings::kmod_wait_queue_classify(queue, site, name) };
        });
        queue
    }
}

impl Default for WaitQueue {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for WaitQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WaitQueue")
    }
}

/// How to wait in a [`WaitQueue`]; its methods make one.
#[derive(Clone, Copy, Debug)]
#[must_use = "nobody waits yet: call `wait` or `wait_locked`"]
pub struct Wait<'a> {
    queue: &'a WaitQueue,
    state: c_uint,
    exclusive: bool,
    timeout: c_long,
}

impl Wait<'_> {
    /// As [`WaitQueue::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        let msecs = msecs(timeout).try_into().unwrap_or(c_uint::MAX);
        // SAFETY: It has no preconditions.
        let timeout = unsafe { bindings::kmod_timeout(msecs) };
        Self { timeout, ..self }
    }

    /// As [`WaitQueue::exclusive`].
    pub fn exclusive(self) -> Self {
        Self {
            exclusive: true,
            ..self
        }
    }

    /// As [`WaitQueue::wait`].
    ///
    /// # Errors
    ///
    /// `ERESTARTSYS` if a signal came first that ends this wait, `ETIMEDOUT` if its time is over,
    /// `ENODEV` if what the handler belongs to is being taken away.
    pub fn wait(mut self, mut condition: impl FnMut() -> bool) -> Result {
        let mut slept = Ok(());
        loop {
            // The count comes first: a wake-up for a change that the condition missed is one more.
            let wakes = self.wakes();
            if condition() {
                return Ok(());
            }
            slept?;
            slept = self.sleep(wakes);
        }
    }

    /// As [`WaitQueue::wait_locked`].
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); the mutex is not held then.
    pub fn wait_locked<'m, T: ?Sized>(
        mut self,
        mut guard: MutexGuard<'m, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> Result<MutexGuard<'m, T>> {
        let mutex = guard.mutex();
        let mut slept = Ok(());
        loop {
            let wakes = self.wakes();
            if condition(&mut guard) {
                return Ok(guard);
            }
            slept?;
            drop(guard);
            slept = self.sleep(wakes);
            // Not interruptible: an exclusive wake-up that was given to us must be used.
            guard = mutex.lock();
        }
    }

    fn wakes(&self) -> c_ulong {
        // SAFETY: The queue is zeroes or was initialised (invariant).
        unsafe { bindings::kmod_wait_queue_wakes(self.queue.as_ptr()) }
    }

    /// Sleeps until there were other than so many wake-ups.
    fn sleep(&mut self, wakes: c_ulong) -> Result {
        if !may_sleep() {
            return Err(ENODEV);
        }
        // SAFETY: The queue is zeroes or was initialised (invariant), and is borrowed until this
        // returns, when nothing of ours is queued any more. None of the user's code runs meanwhile.
        let left = unsafe {
            bindings::kmod_wait_queue_wait(
                self.queue.for_waiting(),
                wakes,
                self.state,
                self.exclusive,
                self.timeout,
            )
        };
        match left {
            0 => Err(ETIMEDOUT),
            1.. => {
                self.timeout = left;
                Ok(())
            }
            // Its errors are these two.
            _ if left == c_long::from(ENODEV.to_errno()) => Err(ENODEV),
            _ => Err(ERESTARTSYS),
        }
    }
}

/// What ends all sleeps, once somebody has slept.
static END: Linked = Linked::new();

/// Whether the module goes.
static ENDED: AtomicBool = AtomicBool::new(false);

/// Whether the module still lets its handlers sleep. Then it will wake them when it goes.
fn may_sleep() -> bool {
    if END.get().is_none() {
        END.store(bindings::kmod_sleepers_end);
    }
    // Either this sees `ENDED`, or `end_sleeps` sees `END`.
    fence(Ordering::SeqCst);
    !ENDED.load(Ordering::Relaxed)
}

/// The module goes: its handlers' sleeps end with `ENODEV`, and none begins.
pub(crate) fn end_sleeps() {
    if cfg!(test) {
        // The modules of unit tests share a process.
        return;
    }
    ENDED.store(true, Ordering::Relaxed);
    fence(Ordering::SeqCst);
    if let Some(end) = END.get() {
        // SAFETY: `kmod_sleepers_end()` has no preconditions.
        unsafe { end() };
    }
}
