// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/mutex.h>` and `<linux/spinlock.h>`: both spin, and are 0 when free.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_ulong, c_void};
use core::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

pub const KMOD_MUTEX_SIZE: c_ulong = 32;
pub const KMOD_SPINLOCK_SIZE: c_ulong = 4;

static PREPARING: Mutex<()> = Mutex::new(());

unsafe fn state<'a>(lock: *mut c_void) -> &'a AtomicU64 {
    // SAFETY: The caller passes a lock, of which the first word is ours.
    unsafe { AtomicU64::from_ptr(lock.cast()) }
}

pub unsafe extern "C" fn kmod_mutex_prepare(lock: *mut c_void, address: *mut c_ulong) {
    let _preparing = PREPARING.lock();
    // SAFETY: The caller passes the lock's address.
    let address = unsafe { AtomicUsize::from_ptr(address.cast()) };
    if address.load(Ordering::Relaxed) != lock.addr() {
        // SAFETY: The caller passes a lock that nobody uses yet.
        unsafe { lock.cast::<u64>().write(0) };
        address.store(lock.addr(), Ordering::Release);
    }
}

pub unsafe extern "C" fn kmod_mutex_trylock(lock: *mut c_void) -> c_int {
    // SAFETY: The caller passes a lock.
    let state = unsafe { state(lock) };
    state
        .compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed)
        .is_ok()
        .into()
}

pub unsafe extern "C" fn kmod_mutex_lock(lock: *mut c_void) {
    // SAFETY: The caller passes a lock.
    while unsafe { kmod_mutex_trylock(lock) } == 0 {
        thread::yield_now();
    }
}

pub unsafe extern "C" fn kmod_mutex_lock_interruptible(lock: *mut c_void) -> c_int {
    // SAFETY: The caller passes a lock.
    unsafe { kmod_mutex_lock(lock) };
    0
}

pub unsafe extern "C" fn kmod_mutex_unlock(lock: *mut c_void) {
    // SAFETY: The caller passes a lock.
    unsafe { state(lock) }.store(0, Ordering::Release);
}

pub unsafe extern "C" fn kmod_spin_lock_irqsave(lock: *mut c_void) -> c_ulong {
    // SAFETY: The caller passes a lock.
    unsafe { kmod_mutex_lock(lock) };
    0
}

pub unsafe extern "C" fn kmod_spin_unlock_irqrestore(lock: *mut c_void, _flags: c_ulong) {
    // SAFETY: The caller passes a lock that it holds.
    unsafe { kmod_mutex_unlock(lock) };
}

pub use kmod_mutex_lock as kmod_spin_lock;
pub use kmod_mutex_prepare as kmod_spinlock_prepare;
pub use kmod_mutex_trylock as kmod_spin_trylock;
pub use kmod_mutex_unlock as kmod_spin_unlock;
