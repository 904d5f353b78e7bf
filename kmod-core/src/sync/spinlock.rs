// SPDX-License-Identifier: GPL-2.0-only
//! A lock whose waiters spin.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_spinlock};

use super::site::Site;

/// A value that one CPU at a time may use, for a few instructions; the others spin.
///
/// The kernel's `spinlock_t`, taken by `spin_lock()`: for what only tasks share, in system calls,
/// works and threads. What a timer's handler takes, too, is a [`SpinLockBh`](super::SpinLockBh), and
/// what an interrupt's takes a [`SpinLockIrq`](super::SpinLockIrq): a handler that interrupts the
/// holder of a lock on its own CPU would spin there for ever, and a build that finds a
/// [way](crate::context) to that ends.
///
/// It is used by [`with`](Self::with) alone: a guard could be forgotten, and a task that returns from a
/// system call with preemption off is a bug that the kernel reports.
///
/// A kernel for one processor (without `CONFIG_SMP`) has no lock there, but only turns preemption off.
/// This one notes then that it is held: where others would spin for ever, who takes it a second time
/// ends in the kernel's `BUG()`, with a line in the log that says why.
///
/// ```
/// use kmod_core::sync::SpinLock;
///
/// let count = SpinLock::new(1);
/// count.with(|count| *count += 1);
/// assert_eq!(count.with(|count| *count), 2);
/// ```
///
/// # Invariants
///
/// `lock` is all zeroes or was initialised at the address that it holds, which need not be the
/// present one. It can be held only while `with` borrows it, and thus is at rest when it is moved.
pub struct SpinLock<T> {
    lock: UnsafeCell<MaybeUninit<kmod_spinlock>>,
    site: Site,
    value: UnsafeCell<T>,
}

// SAFETY: The value goes along with the lock.
unsafe impl<T: Send> Send for SpinLock<T> {}

// SAFETY: One CPU at a time reaches the value.
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self {
            // INVARIANT: All zeroes.
            lock: UnsafeCell::new(MaybeUninit::zeroed()),
            site: Site::of_caller(),
            value: UnsafeCell::new(value),
        }
    }

    /// Calls `f` with the value, with preemption off (but for `PREEMPT_RT`).
    ///
    /// `f` must not sleep: no [`Mutex`](super::Mutex), no user memory, no `GFP_KERNEL`. A build that
    /// finds a [way](crate::context) to one ends; if `f` sleeps all the same, the kernel reports
    /// "scheduling while atomic"; if it takes this lock again, the CPU hangs, or,
    /// without `CONFIG_SMP`, a `BUG()` ends the task.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.with_masked::<Plain, R>(f)
    }

    /// Calls `f` with the value, the lock being taken the way of `M`.
    #[inline(always)]
    pub(super) fn with_masked<M: Masks, R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let lock = self.lock.get().cast();
        self.site.tell(|site, name| {
            // SAFETY: The lock is zeroes or was initialised, and nobody holds it at another address
            // (invariant). Site and name are constants of the module.
            unsafe { bindings::kmod_spin_classify(lock, site, name) };
        });
        // SAFETY: The lock is zeroes or was initialised, and nobody holds it at another address
        // (invariant).
        let masked = unsafe { M::lock(lock) };
        // SAFETY: The lock was taken above.
        if bindings::KMOD_SPINLOCK_TRUSTS != 0 && !unsafe { bindings::kmod_spin_hold(lock) } {
            is_held();
        }
        // SAFETY: The lock is held, and where that shuts nobody out, nobody has held it before
        // (`kmod_spin_hold`): this is the only reference.
        let result = f(unsafe { &mut *self.value.get() });
        // SAFETY: It was taken above, the same way. (A panic does not unwind.) What was taken while `f`
        // ran was given back before, since locks are held for the time of a call only.
        unsafe { M::unlock(lock, masked) };
        result
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

/// A way to take the kernel's lock, which shuts out others on this CPU, too.
///
/// # Safety
///
/// From `lock` to `unlock` no other CPU comes through `lock`, of any way, where the kernel's spin locks
/// shut others out at all.
pub(super) unsafe trait Masks {
    /// What was found by `lock`, and is put back by `unlock`.
    type Found;

    /// Takes the lock.
    ///
    /// # Safety
    ///
    /// It is all zeroes or was initialised, and nobody holds it at another address.
    unsafe fn lock(lock: *mut kmod_spinlock) -> Self::Found;

    /// Gives it back.
    ///
    /// # Safety
    ///
    /// It was taken by `lock`, which returned `found`, and what was masked since is not masked any more.
    unsafe fn unlock(lock: *mut kmod_spinlock, found: Self::Found);
}

/// `spin_lock()`: nobody but tasks.
struct Plain;

// SAFETY: It is the kernel's lock.
unsafe impl Masks for Plain {
    type Found = ();

    #[inline(always)]
    unsafe fn lock(lock: *mut kmod_spinlock) {
        // SAFETY: The lock can be taken (this function's contract).
        unsafe { bindings::kmod_spin_lock(lock) };
    }

    #[inline(always)]
    unsafe fn unlock(lock: *mut kmod_spinlock, (): ()) {
        // SAFETY: It was taken (this function's contract).
        unsafe { bindings::kmod_spin_unlock(lock) };
    }
}

/// On a kernel whose spin locks shut nobody out: the lock was given to a second one.
#[cold]
#[inline(never)]
fn is_held() -> ! {
    crate::pr_emerg!(
        "a SpinLock is taken while it is held: its holder sleeps, has panicked, or takes it again"
    );
    crate::instance::abandon();
    super::keep_task();
    // SAFETY: `BUG()` may be called anywhere.
    unsafe { bindings::kmod_bug() }
}

impl<T: Default> Default for SpinLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

const _: () = assert!(align_of::<kmod_spinlock>() >= align_of::<usize>());
