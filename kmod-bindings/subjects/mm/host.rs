// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/vmalloc.h>` and `<linux/mm.h>`: memory for user space, without a user space.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_ulong, c_void};

use super::{KMOD_GFP_ZERO, device, kmod_alloc, kvfree};

pub const KMOD_PAGE_SIZE: c_ulong = 4096;
pub const KMOD_VM_WRITE: c_ulong = 2;
pub const KMOD_VM_SHARED: c_ulong = 8;

pub struct vm_area_struct {
    _opaque: [u8; 0],
}

pub struct kmod_mappable {
    _opaque: [u8; 0],
}

pub unsafe fn kmod_vmalloc_user(size: usize) -> *mut c_void {
    // SAFETY: The alignment is a power of two.
    unsafe { kmod_alloc(size, KMOD_PAGE_SIZE as usize, KMOD_GFP_ZERO) }
}

pub unsafe fn vfree(memory: *const c_void) {
    // SAFETY: It came from `kmod_vmalloc_user()`.
    unsafe { kvfree(memory) };
}

pub unsafe fn kmod_shared_copy(to: *mut c_void, from: *const c_void, size: usize) {
    // SAFETY: The caller of `kmod_shared_copy()` gives `size` bytes at both places.
    unsafe { from.cast::<u8>().copy_to(to.cast(), size) };
}

kernel_only! {
    fn kmod_vma_size(vma: *const vm_area_struct) -> c_ulong;
    fn kmod_vma_pgoff(vma: *const vm_area_struct) -> c_ulong;
    fn kmod_vma_flags(vma: *const vm_area_struct) -> c_ulong;
    fn kmod_vma_map(vma: *mut vm_area_struct, pages: *mut c_void, writable: bool) -> c_int;
    fn kmod_mappable_new(start: u64, size: u64) -> *mut kmod_mappable;
    fn kmod_mappable_of_dma(
        device: *mut device,
        memory: *mut c_void,
        size: usize,
    ) -> *mut kmod_mappable;
    fn kmod_mappable_end(mappable: *mut kmod_mappable);
    fn kmod_vma_map_device(
        vma: *mut vm_area_struct,
        mappable: *mut kmod_mappable,
        writable: bool,
    ) -> c_int;
    fn kmod_vma_unmap_device(vma: *mut vm_area_struct);
}
