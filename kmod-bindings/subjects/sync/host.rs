// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/spinlock.h>`, `<linux/rwsem.h>` and `<linux/wait_bit.h>`: whoever waits spins.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};
use core::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

#[expect(non_camel_case_types, reason = "C's name")]
pub struct wait_bit_key {
    _opaque: [u8; 0],
}

pub unsafe extern "C" fn bit_wait(_key: *mut wait_bit_key, _mode: c_int) -> c_int {
    std::thread::yield_now();
    0
}

pub unsafe fn out_of_line_wait_on_bit_lock(
    word: *mut c_ulong,
    bit: c_int,
    _action: Option<unsafe extern "C" fn(*mut wait_bit_key, c_int) -> c_int>,
    _mode: c_uint,
) -> c_int {
    let word = unsafe { AtomicU64::from_ptr(word) };
    let mask = 1 << bit;
    while word.fetch_or(mask, Ordering::Acquire) & mask != 0 {
        std::thread::yield_now();
    }
    0
}

pub unsafe fn wake_up_bit(_word: *mut c_ulong, _bit: c_int) {}

pub const KMOD_LOCK_CLASSES: c_uint = 1;
pub const KMOD_SPINLOCK_TRUSTS: c_uint = 0;
pub const KMOD_SPINLOCK_OWNED: c_uint = 0;

#[expect(non_camel_case_types, reason = "C's name")]
pub struct kmod_spinlock {
    _held: usize,
}

pub unsafe fn kmod_spin_classify(
    _lock: *mut kmod_spinlock,
    _site: *const c_void,
    _name: *const c_char,
) {
}

pub unsafe fn kmod_mutex_acquire(
    _mutex: *const c_void,
    _site: *const c_void,
    _name: *const c_char,
    _tries: bool,
) {
}

pub unsafe fn kmod_mutex_release(
    _mutex: *const c_void,
    _site: *const c_void,
    _name: *const c_char,
) {
}

pub unsafe fn kmod_spin_hold(_lock: *mut kmod_spinlock) -> bool {
    true
}

pub unsafe fn kmod_spin_lock(lock: *mut kmod_spinlock) {
    let held = unsafe { AtomicUsize::from_ptr(lock.cast()) };
    while held.swap(1, Ordering::Acquire) != 0 {
        std::thread::yield_now();
    }
}

pub unsafe fn kmod_spin_unlock(lock: *mut kmod_spinlock) {
    let held = unsafe { AtomicUsize::from_ptr(lock.cast()) };
    held.store(0, Ordering::Release);
}

pub unsafe fn kmod_spin_lock_bh(lock: *mut kmod_spinlock) -> bool {
    unsafe { kmod_spin_lock(lock) };
    true
}

pub unsafe fn kmod_spin_unlock_bh(lock: *mut kmod_spinlock, _masked: bool) {
    unsafe { kmod_spin_unlock(lock) };
}

pub unsafe fn kmod_spin_lock_irqsave(lock: *mut kmod_spinlock) -> c_ulong {
    unsafe { kmod_spin_lock(lock) };
    0
}

pub unsafe fn kmod_spin_unlock_irqrestore(lock: *mut kmod_spinlock, _flags: c_ulong) {
    unsafe { kmod_spin_unlock(lock) };
}

#[expect(non_camel_case_types, reason = "C's name")]
pub struct rw_semaphore {
    _count: usize,
}

#[repr(C)]
pub struct kmod_rwsem {
    pub sem: rw_semaphore,
    pub home: *const kmod_rwsem,
}

/// What is counted while a writer is in.
const WRITER: usize = usize::MAX;

/// How many readers are in, or that a writer is.
unsafe fn count<'a>(sem: *mut rw_semaphore) -> &'a AtomicUsize {
    unsafe { AtomicUsize::from_ptr(sem.cast()) }
}

pub unsafe fn kmod_rwsem_settle(
    rwsem: *mut kmod_rwsem,
    _site: *const c_void,
    _name: *const c_char,
) {
    let home = unsafe { &raw mut (*rwsem).home };
    let home = unsafe { AtomicPtr::from_ptr(home.cast::<*mut kmod_rwsem>()) };
    home.store(rwsem, Ordering::Release);
}

pub unsafe extern "C" fn kmod_task_keep() {}

pub unsafe fn down_read(sem: *mut rw_semaphore) {
    while unsafe { down_read_trylock(sem) } == 0 {
        std::thread::yield_now();
    }
}

pub unsafe fn down_read_killable(sem: *mut rw_semaphore) -> c_int {
    unsafe { down_read(sem) };
    0
}

pub unsafe fn down_read_trylock(sem: *mut rw_semaphore) -> c_int {
    let one_more = |count: usize| (count != WRITER).then(|| count + 1);
    let count = unsafe { count(sem) };
    let got = count.fetch_update(Ordering::Acquire, Ordering::Relaxed, one_more);
    got.is_ok().into()
}

pub unsafe fn up_read(sem: *mut rw_semaphore) {
    let count = unsafe { count(sem) };
    count.fetch_sub(1, Ordering::Release);
}

pub unsafe fn down_write(sem: *mut rw_semaphore) {
    while unsafe { down_write_trylock(sem) } == 0 {
        std::thread::yield_now();
    }
}

pub unsafe fn down_write_killable(sem: *mut rw_semaphore) -> c_int {
    unsafe { down_write(sem) };
    0
}

pub unsafe fn down_write_trylock(sem: *mut rw_semaphore) -> c_int {
    let count = unsafe { count(sem) };
    let got = count.compare_exchange(0, WRITER, Ordering::Acquire, Ordering::Relaxed);
    got.is_ok().into()
}

pub unsafe fn up_write(sem: *mut rw_semaphore) {
    let count = unsafe { count(sem) };
    count.store(0, Ordering::Release);
}
