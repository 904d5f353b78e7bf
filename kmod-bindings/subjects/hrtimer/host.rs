// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/hrtimer.h>`: nothing expires on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_longlong};

pub const KMOD_CLOCK_REALTIME: c_int = 0;
pub const KMOD_CLOCK_MONOTONIC: c_int = 1;
pub const KMOD_CLOCK_BOOTTIME: c_int = 7;

pub struct kmod_hrtimer {
    _opaque: [usize; 13],
}

kernel_only! {
    fn kmod_hrtimer_open(
        timer: *mut kmod_hrtimer,
        expired: Option<unsafe extern "C" fn(*mut kmod_hrtimer)>,
        clock: c_int,
        absolute: bool,
    );
    fn kmod_hrtimer_shut(timer: *mut kmod_hrtimer);
    fn kmod_hrtimer_end(timer: *mut kmod_hrtimer);
    fn kmod_hrtimer_again(timer: *mut kmod_hrtimer, nsecs: c_longlong);
}

/// No timer is open.
pub unsafe fn kmod_hrtimer_arm(_timer: *mut kmod_hrtimer, _nsecs: c_longlong) -> bool {
    false
}

pub unsafe fn kmod_hrtimer_disarm(_timer: *mut kmod_hrtimer) -> bool {
    false
}

pub unsafe fn kmod_hrtimer_is_armed(_timer: *const kmod_hrtimer) -> bool {
    false
}
