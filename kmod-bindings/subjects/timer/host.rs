// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/timer.h>`: nothing expires on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::c_ulong;

pub struct timer_list {
    _opaque: [u8; 0],
}

pub struct kmod_timer {
    _opaque: [usize; 8],
}

kernel_only! {
    fn kmod_timer_open(
        timer: *mut kmod_timer,
        function: Option<unsafe extern "C" fn(*mut timer_list)>,
    );
    fn kmod_timer_shut(timer: *mut kmod_timer);
    fn kmod_timer_end(timer: *mut kmod_timer);
}

/// No timer is open.
pub unsafe fn kmod_timer_arm(_timer: *mut kmod_timer, _jiffies_from_now: c_ulong) -> bool {
    false
}

pub unsafe fn kmod_timer_disarm(_timer: *mut kmod_timer) -> bool {
    false
}

pub unsafe fn kmod_timer_is_armed(_timer: *const kmod_timer) -> bool {
    false
}
