// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/rtc.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_longlong, c_ulonglong, c_void};

use super::device;

pub struct kmod_rtc {
    _opaque: [u8; 0],
}

pub struct kmod_rtc_ops {
    pub read_time: Option<unsafe extern "C" fn(*mut c_void, *mut c_longlong) -> c_int>,
    pub set_time: Option<unsafe extern "C" fn(*mut c_void, c_longlong) -> c_int>,
}

pub struct kmod_rtc_plan {
    pub range_min: c_longlong,
    pub range_max: c_ulonglong,
}

kernel_only! {
    fn kmod_rtc_make(
        parent: *mut device,
        plan: *const kmod_rtc_plan,
        ops: *const kmod_rtc_ops,
        data: *mut c_void,
    ) -> *mut kmod_rtc;
    fn kmod_rtc_end(rtc: *mut kmod_rtc);
}
