// SPDX-License-Identifier: GPL-2.0-only
//! `<asm/msr.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint};

kernel_only! {
    fn kmod_msr_read(cpu: c_uint, number: u32, value: *mut u64) -> c_int;
}
