// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/spinlock.h>` and `<linux/wait_bit.h>`: whoever waits spins.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};
use core::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

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
