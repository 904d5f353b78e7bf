// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/jiffies.h>` and `<linux/delay.h>`, with 250 jiffies a second.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_uint, c_ulong};

pub const KMOD_HZ: c_uint = 250;

pub unsafe fn kmod_jiffies_to_msecs(jiffies: c_ulong) -> c_uint {
    (jiffies * 4) as c_uint
}

pub unsafe fn kmod_msecs_to_jiffies(msecs: c_uint) -> c_ulong {
    c_ulong::from(msecs).div_ceil(4)
}

pub unsafe fn msleep(msecs: c_uint) {
    std::thread::sleep(core::time::Duration::from_millis(msecs.into()));
}
