// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/dma-mapping.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint, c_void};

use super::device;

kernel_only! {
    fn kmod_dma_set_mask(device: *mut device, bits: c_uint) -> c_int;
    fn kmod_dma_alloc(device: *mut device, size: usize, address: *mut u64) -> *mut c_void;
    fn kmod_dma_free(device: *mut device, size: usize, memory: *mut c_void, address: u64);
    fn kmod_dma_start(device: *mut device);
    fn kmod_dma_stop(device: *mut device);
    fn kmod_dma_rmb();
    fn kmod_dma_wmb();
}
