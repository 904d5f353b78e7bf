// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/kprobes.h>`: nothing is probed on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

pub const KMOD_PROBE_ARGUMENTS: c_uint = 6;

pub struct pt_regs {
    _opaque: [usize; 21],
}

pub struct kmod_kprobe {
    _opaque: [usize; 18],
}

pub struct kmod_kretprobe {
    _opaque: [usize; 24],
}

kernel_only! {
    fn kmod_kprobe_register(
        probe: *mut kmod_kprobe,
        symbol: *const c_char,
        entered: Option<unsafe extern "C" fn(*mut kmod_kprobe, *mut pt_regs)>,
    ) -> c_int;
    fn kmod_kprobe_unregister(probe: *mut kmod_kprobe);
    fn kmod_kretprobe_register(
        probe: *mut kmod_kretprobe,
        symbol: *const c_char,
        entered: Option<unsafe extern "C" fn(*mut kmod_kretprobe, *mut pt_regs, *mut c_void) -> bool>,
        returned: Option<unsafe extern "C" fn(*mut kmod_kretprobe, *mut pt_regs, *const c_void)>,
        maxactive: c_int,
        data_size: usize,
    ) -> c_int;
    fn kmod_kretprobe_unregister(probe: *mut kmod_kretprobe);
    fn kmod_probe_argument(regs: *mut pt_regs, n: c_uint) -> c_ulong;
    fn kmod_probe_value(regs: *mut pt_regs) -> c_ulong;
}

/// No probe has been hit.
pub unsafe fn kmod_kprobe_missed(_probe: *const kmod_kprobe) -> c_ulong {
    0
}

pub unsafe fn kmod_kretprobe_missed(_probe: *const kmod_kretprobe) -> c_ulong {
    0
}
