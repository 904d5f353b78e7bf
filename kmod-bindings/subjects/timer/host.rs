// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/timer.h>`: nothing expires on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_long, c_ulong};

pub struct timer_list {
    _opaque: [usize; 5],
}

kernel_only! {
    fn kmod_timer_setup(
        timer: *mut timer_list,
        function: Option<unsafe extern "C" fn(*mut timer_list)>,
    );
    fn kmod_timer_delete(timer: *mut timer_list) -> c_int;
    fn mod_timer(timer: *mut timer_list, expires: c_ulong) -> c_int;
    fn timer_delete_sync(timer: *mut timer_list) -> c_int;
}

/// Nobody has set it up.
pub unsafe fn kmod_timer_is_pending(_timer: *const timer_list) -> bool {
    false
}

pub unsafe fn schedule_timeout_uninterruptible(_timeout: c_long) -> c_long {
    std::thread::yield_now();
    0
}
