// SPDX-License-Identifier: GPL-2.0-only
//! Memory resources of `<linux/platform_device.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_uint, c_void};

use super::device;

kernel_only! {
    fn kmod_iomem_map(
        device: *mut device,
        index: c_uint,
        size: usize,
        align: usize,
    ) -> *mut c_void;
    fn kmod_iomem_place(device: *mut device, index: c_uint, start: *mut u64, size: *mut u64);
    fn kmod_iomem_unmap(device: *mut device, index: c_uint, base: *mut c_void);
}
