// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/dma-mapping.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_void};

use super::device;

pub const KMOD_DMA_BIDIRECTIONAL: c_uint = 0;
pub const KMOD_DMA_TO_DEVICE: c_uint = 1;
pub const KMOD_DMA_FROM_DEVICE: c_uint = 2;

pub struct kmod_dma_list {
    _opaque: [u8; 0],
}

pub struct scatterlist {
    _opaque: [u8; 0],
}

kernel_only! {
    fn kmod_dma_list_new(pieces: c_uint, flags: c_uint) -> *mut kmod_dma_list;
    fn kmod_dma_list_free(list: *mut kmod_dma_list);
    fn kmod_dma_list_add(list: *mut kmod_dma_list, memory: *mut c_void, size: usize) -> c_int;
    fn kmod_dma_list_map(
        device: *mut device,
        list: *mut kmod_dma_list,
        direction: c_uint,
    ) -> c_int;
    fn kmod_dma_list_unmap(device: *mut device, list: *mut kmod_dma_list, direction: c_uint);
    fn kmod_dma_list_sync(device: *mut device, list: *mut kmod_dma_list, direction: c_uint);
    fn kmod_dma_list_segments(list: *const kmod_dma_list) -> c_uint;
    fn kmod_dma_list_segment(
        list: *mut kmod_dma_list,
        before: *mut scatterlist,
        address: *mut u64,
        size: *mut usize,
    ) -> *mut scatterlist;
    fn kmod_dma_set_mask(device: *mut device, bits: c_uint) -> c_int;
    fn kmod_dma_alloc(device: *mut device, size: usize, address: *mut u64) -> *mut c_void;
    fn kmod_dma_free(device: *mut device, size: usize, memory: *mut c_void, address: u64);
    fn kmod_dma_map(
        device: *mut device,
        memory: *mut c_void,
        size: usize,
        direction: c_uint,
        address: *mut u64,
    ) -> c_int;
    fn kmod_dma_unmap(device: *mut device, address: u64, size: usize, direction: c_uint);
    fn kmod_dma_start(device: *mut device);
    fn kmod_dma_sync(device: *mut device, address: u64, size: usize, direction: c_uint);
    fn kmod_dma_stop(device: *mut device) -> bool;
    fn kmod_dma_keep(device: *mut device, size: usize, holder: *const c_void);
    fn kmod_dma_rmb();
    fn kmod_dma_wmb();
}
