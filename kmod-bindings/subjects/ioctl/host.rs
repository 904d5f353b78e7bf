// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/ioctl.h>`, as `asm-generic` has it.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_long, c_uint, c_ulong};

use super::file;

pub const _IOC_NRSHIFT: c_uint = 0;
pub const _IOC_TYPESHIFT: c_uint = 8;
pub const _IOC_SIZESHIFT: c_uint = 16;
pub const _IOC_DIRSHIFT: c_uint = 30;
pub const _IOC_SIZEBITS: c_uint = 14;
pub const _IOC_NONE: c_uint = 0;
pub const _IOC_WRITE: c_uint = 1;
pub const _IOC_READ: c_uint = 2;

pub const KMOD_COMPAT: bool = true;

kernel_only! {
    fn compat_ptr_ioctl(file: *mut file, cmd: c_uint, arg: c_ulong) -> c_long;
}
