// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/watchdog.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::device;

pub struct kmod_watchdog {
    _opaque: [u8; 0],
}

pub struct kmod_watchdog_ops {
    pub start: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub stop: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub ping: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub set_timeout: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
    pub get_timeleft: Option<unsafe extern "C" fn(*mut c_void) -> c_uint>,
}

pub struct kmod_watchdog_plan {
    pub identity: *const c_char,
    pub timeout: c_uint,
    pub min_timeout: c_uint,
    pub max_timeout: c_uint,
    pub nowayout: bool,
    pub stop_on_unregister: bool,
}

kernel_only! {
    fn kmod_watchdog_make(
        parent: *mut device,
        plan: *const kmod_watchdog_plan,
        ops: *const kmod_watchdog_ops,
        data: *mut c_void,
    ) -> *mut kmod_watchdog;
    fn kmod_watchdog_end(watchdog: *mut kmod_watchdog);
}
