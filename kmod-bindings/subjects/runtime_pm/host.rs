// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/pm_runtime.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint};

use super::device;

kernel_only! {
    fn kmod_runtime_pm_begin(device: *mut device, autosuspend: c_int) -> c_int;
    fn kmod_runtime_pm_end(device: *mut device, held: c_uint);
    fn kmod_runtime_pm_get(device: *mut device) -> c_int;
    fn kmod_runtime_pm_put(device: *mut device);
}
