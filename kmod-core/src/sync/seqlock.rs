// SPDX-License-Identifier: GPL-2.0-only
//! Values that are read without a lock, as a whole.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering, fence};

use super::SpinLockIrq;

/// A small value that is read often and changed seldom: readers take no lock, and get it as it was
/// before a change or after it.
///
/// The kernel's `seqlock_t`. A reader copies the value and looks whether it was changed meanwhile. If
/// so, where C's goes round in a loop, it takes the writers' lock: it never starves, nor does it wait for
/// a writer that it has interrupted, for no interrupt comes while that holds the lock. Both sides
/// may be used anywhere, in handlers of any context and with other locks held.
///
/// The value is `Copy`: what a reader has copied while it was changed is forgotten, and nothing of it may
/// have to be dropped.
///
/// ```
/// use kmod_core::sync::SeqLock;
///
/// let position = SeqLock::new((1, 1));
/// position.write(|position| position.0 += 1);
/// assert_eq!(position.read(), (2, 1));
/// ```
///
/// # Invariants
///
/// `value` is changed only with `writer` held and while `sequence` is odd, and that only then.
pub struct SeqLock<T> {
    sequence: AtomicUsize,
    writer: SpinLockIrq<()>,
    value: UnsafeCell<Words<T>>,
}

/// A value whose size is one of whole words.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
struct Words<T>(T);

impl<T> Words<T> {
    /// How many.
    const COUNT: usize = size_of::<Self>() / size_of::<Word>();
}

/// A word of a value that somebody may change or read meanwhile: it is read or written there as by
/// `READ_ONCE()` and `WRITE_ONCE()`, since the kernel's memory model has such accesses for races. It may
/// be what the value leaves uninitialised.
type Word = MaybeUninit<usize>;

// SAFETY: The value goes along with the lock.
unsafe impl<T: Send> Send for SeqLock<T> {}

// SAFETY: One CPU at a time changes the value (invariant); all others get copies of it.
unsafe impl<T: Send> Sync for SeqLock<T> {}

impl<T: Copy> SeqLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self {
            sequence: AtomicUsize::new(0),
            writer: SpinLockIrq::new(()),
            value: UnsafeCell::new(Words(value)),
        }
    }

    /// The value: `read_seqbegin()` and `read_seqretry()`.
    #[inline]
    pub fn read(&self) -> T {
        let before = self.sequence.load(Ordering::Acquire);
        if before.is_multiple_of(2) {
            let mut copy = MaybeUninit::<Words<T>>::uninit();
            let to = copy.as_mut_ptr().cast::<Word>();
            let from = self.value.get().cast::<Word>();
            for at in 0..Words::<T>::COUNT {
                // SAFETY: It is below `COUNT`, so a word of the value, which is aligned for words (`Words`).
                let word = unsafe { from.wrapping_add(at).read_volatile() };
                // SAFETY: It is below `COUNT`, so a word of `copy`, which is aligned for words and is this
                // function's own: the access may be a plain one.
                unsafe { to.wrapping_add(at).write(word) };
            }
            // What was copied was loaded before the number is once more.
            fence(Ordering::Acquire);
            if self.sequence.load(Ordering::Relaxed) == before {
                // SAFETY: Nobody has changed the value between the two looks (invariant): what was
                // copied is a `T`, all of it of one time.
                return unsafe { copy.assume_init() }.0;
            }
        }
        self.read_locked()
    }

    #[cold]
    #[inline(never)]
    fn read_locked(&self) -> T {
        // SAFETY: The lock is held: nobody changes the value (invariant).
        self.writer.with(|()| unsafe { *self.value.get() }.0)
    }

    /// Calls `f` with a copy of the value, and then makes that the value: `write_seqlock_irqsave()`, but
    /// that readers are kept out only for the time of the copy.
    ///
    /// `f` must not sleep, nor write this value again: as in [`SpinLockIrq::with`].
    #[inline]
    pub fn write<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.writer.with(|()| {
            // SAFETY: The lock is held: nobody changes the value (invariant).
            let mut new = unsafe { *self.value.get() };
            let result = f(&mut new.0);
            let sequence = self.sequence.load(Ordering::Relaxed);
            // INVARIANT: It is odd until the value was changed.
            self.sequence
                .store(sequence.wrapping_add(1), Ordering::Relaxed);
            // Who loads a new word sees the odd number afterwards.
            fence(Ordering::Release);
            let from = (&raw const new).cast::<Word>();
            let to = self.value.get().cast::<Word>();
            for at in 0..Words::<T>::COUNT {
                // SAFETY: It is below `COUNT`, so a word of `new`, which is aligned for words (`Words`).
                let word = unsafe { from.wrapping_add(at).read() };
                // SAFETY: It is below `COUNT`, so a word of the value, to which the lock lets one writer at a
                // time; who reads it meanwhile forgets what it has read (`read`).
                unsafe { to.wrapping_add(at).write_volatile(word) };
            }
            self.sequence
                .store(sequence.wrapping_add(2), Ordering::Release);
            result
        })
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.value.get_mut().0
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.value.into_inner().0
    }
}

impl<T: Copy + Default> Default for SeqLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}
