// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/mm.h>` and `<linux/oom.h>` of a machine with 1,000 pages, which never run out.

use core::ffi::{c_int, c_uint, c_ulong, c_void};

#[derive(Clone, Copy)]
pub struct sysinfo {
    pub totalram: c_ulong,
    pub freeram: c_ulong,
    pub mem_unit: c_uint,
}

pub unsafe extern "C" fn si_meminfo(val: *mut sysinfo) {
    let info = sysinfo {
        totalram: 1000,
        freeram: 250,
        mem_unit: 4096,
    };
    // SAFETY: The caller passes room for one: `si_meminfo()`'s contract.
    unsafe { val.write(info) };
}

pub unsafe extern "C" fn meminfo_sys_file_pages() -> c_ulong {
    500
}

pub struct notifier_block {
    pub notifier_call:
        Option<unsafe extern "C" fn(*mut notifier_block, c_ulong, *mut c_void) -> c_int>,
    pub next: *mut notifier_block,
    pub priority: c_int,
}

pub unsafe extern "C" fn register_oom_notifier(_nb: *mut notifier_block) -> c_int {
    0
}

pub unsafe extern "C" fn unregister_oom_notifier(_nb: *mut notifier_block) -> c_int {
    0
}
