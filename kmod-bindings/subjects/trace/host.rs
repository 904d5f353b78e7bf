// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/tracepoint.h>`: nothing is traced on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

pub const KMOD_TRACEPOINTS: u32 = 0;
pub const KMOD_TRACEPOINT_BRANCH: u32 = 0;
pub const KMOD_TRACEPOINT_KEY: u64 = 8;

pub struct tracepoint {
    _opaque: [usize; 9],
}

pub struct kmod_tracepoint {
    _opaque: [usize; 5],
}

kernel_only! {
    fn kmod_tracepoint_is_on(point: *const tracepoint) -> bool;
    fn kmod_tracepoint_register(
        probe: *mut kmod_tracepoint,
        name: *const c_char,
        function: *mut c_void,
        hit: Option<unsafe extern "C" fn(*mut kmod_tracepoint, *const u64, c_uint)>,
    ) -> c_int;
    fn kmod_tracepoint_unregister(probe: *mut kmod_tracepoint);
}

/// None was missed.
pub unsafe fn kmod_tracepoint_missed(_probe: *const kmod_tracepoint) -> c_ulong {
    0
}
