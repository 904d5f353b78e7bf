// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/rcupdate.h>` and `<linux/srcu.h>`: whoever waits for readers waits until none is there.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint};
use core::sync::atomic::{AtomicUsize, Ordering, fence};
use std::boxed::Box;

pub const KMOD_RCU_TRUSTS: c_uint = 0;

/// Those of RCU.
static READERS: AtomicUsize = AtomicUsize::new(0);

#[expect(non_camel_case_types, reason = "C's name")]
pub struct srcu_struct {
    readers: AtomicUsize,
}

/// A reader sees what was written before [`wait`] was called, or is seen by it: the kernel's `smp_mb()` on both
/// sides.
fn enter(readers: &AtomicUsize) {
    readers.fetch_add(1, Ordering::SeqCst);
    fence(Ordering::SeqCst);
}

fn wait(readers: &AtomicUsize) {
    fence(Ordering::SeqCst);
    while readers.load(Ordering::SeqCst) != 0 {
        std::thread::yield_now();
    }
}

pub unsafe fn kmod_rcu_read_lock() {
    enter(&READERS);
}

pub unsafe fn kmod_rcu_read_unlock() {
    READERS.fetch_sub(1, Ordering::SeqCst);
}

pub unsafe fn synchronize_rcu() {
    wait(&READERS);
}

pub unsafe fn kmod_rcu_read_lock_counted(readers: *mut srcu_struct, index: *mut c_int) {
    let got = unsafe { kmod_srcu_read_lock(readers) };
    unsafe { *index = got };
}

pub unsafe fn kmod_rcu_read_unlock_counted(readers: *mut srcu_struct, index: *const c_int) {
    let index = unsafe { *index };
    unsafe { kmod_srcu_read_unlock(readers, index) };
}

pub unsafe fn kmod_srcu_make() -> *mut srcu_struct {
    let readers = AtomicUsize::new(0);
    Box::into_raw(Box::new(srcu_struct { readers }))
}

pub unsafe fn kmod_srcu_free(readers: *mut srcu_struct) {
    drop(unsafe { Box::from_raw(readers) });
}

pub unsafe fn kmod_srcu_read_lock(readers: *mut srcu_struct) -> c_int {
    enter(unsafe { &(*readers).readers });
    0
}

pub unsafe fn kmod_srcu_read_unlock(readers: *mut srcu_struct, _index: c_int) {
    unsafe { (*readers).readers.fetch_sub(1, Ordering::SeqCst) };
}

pub unsafe fn synchronize_srcu(readers: *mut srcu_struct) {
    wait(unsafe { &(*readers).readers });
}
