// SPDX-License-Identifier: GPL-2.0-only
//! What bindgen made of the target kernel's headers.
#![allow(
    clippy::all,
    improper_ctypes,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unnecessary_transmutes,
    unsafe_op_in_unsafe_fn,
    reason = "generated: the names and forms are C's"
)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

unsafe extern "C" {
    /// Takes a `raw_spinlock_t`, where `KMOD_SPINLOCK_IS_RAW`; elsewhere it may not exist.
    pub fn _raw_spin_lock(lock: *mut kmod_spinlock);
    /// Gives it back.
    pub fn _raw_spin_unlock(lock: *mut kmod_spinlock);
}
