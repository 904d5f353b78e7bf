// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/mm.h>` of a machine with 1,000 pages.

use core::ffi::{c_uint, c_ulong};

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
