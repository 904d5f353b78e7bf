// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/jiffies.h>`, `<linux/timekeeping.h>` and `<linux/delay.h>`, with 250 jiffies a second.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(
    non_camel_case_types,
    non_upper_case_globals,
    reason = "the names are C's"
)]

use core::ffi::{c_long, c_uint, c_ulong};

pub const KMOD_HZ: c_uint = 250;

pub type ktime_t = i64;

#[derive(Clone, Copy)]
pub struct timespec64 {
    pub tv_sec: i64,
    pub tv_nsec: c_long,
}

pub static jiffies: c_ulong = 0;

pub unsafe fn kmod_jiffies_to_msecs(ticks: c_ulong) -> c_uint {
    (ticks * 4) as c_uint
}

pub unsafe fn kmod_msecs_to_jiffies(msecs: c_uint) -> c_ulong {
    c_ulong::from(msecs).div_ceil(4)
}

pub unsafe fn msleep(msecs: c_uint) {
    std::thread::sleep(core::time::Duration::from_millis(msecs.into()));
}

pub unsafe fn ktime_get() -> ktime_t {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START
        .get_or_init(std::time::Instant::now)
        .elapsed()
        .as_nanos() as ktime_t
}

kernel_only! {
    fn kmod_usleep_range(min: c_ulong, max: c_ulong);
    fn kmod_fsleep(usecs: c_ulong);
    fn kmod_udelay(usecs: u16);
    fn kmod_ndelay(nsecs: u16);
    fn kmod_ktime_get_boottime_ns() -> u64;
    fn ktime_get_real_ts64(to: *mut timespec64);
}
