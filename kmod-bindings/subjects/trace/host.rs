// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/tracepoint.h>`: nothing is traced on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

pub const KMOD_TRACEPOINTS: u32 = 0;
pub const KMOD_TRACEPOINT_BRANCH: u32 = 0;
pub const KMOD_TRACEPOINT_KEY: u64 = 8;

pub struct tracepoint {
    _opaque: [usize; 9],
}

kernel_only! {
    fn kmod_tracepoint_is_on(point: *const tracepoint) -> bool;
}
