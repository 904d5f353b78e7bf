// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/kthread.h>`: no thread runs on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int};

pub struct kmod_kthread {
    _opaque: [usize; 6],
}

kernel_only! {
    fn kmod_kthread_make(
        thread: *mut kmod_kthread,
        body: Option<unsafe extern "C" fn(*mut kmod_kthread)>,
        name: *const c_char,
        nice: c_int,
        cpu: c_int,
    ) -> c_int;
    fn kmod_kthread_shut(thread: *mut kmod_kthread);
    fn kmod_kthread_end(thread: *mut kmod_kthread);
}

/// No thread is made.
pub unsafe fn kmod_kthread_start(_thread: *mut kmod_kthread) -> bool {
    false
}

pub unsafe fn kmod_kthread_ask(_thread: *mut kmod_kthread) -> bool {
    false
}

pub unsafe fn kmod_kthread_is_stopped(_thread: *const kmod_kthread) -> bool {
    false
}
