// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/slab.h>`, over the host's allocator. The next allocations can be made to fail.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::cell::Cell;
use core::ffi::{c_uint, c_void};
use core::ptr;
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::thread_local;

pub const KMOD_GFP_KERNEL: c_uint = 0xcc0;
pub const KMOD_GFP_KERNEL_ACCOUNT: c_uint = 0x400cc0;
pub const KMOD_GFP_ATOMIC: c_uint = 0xa20;
pub const KMOD_GFP_NOWAIT: c_uint = 0x800;
pub const KMOD_GFP_NOIO: c_uint = 0xc00;
pub const KMOD_GFP_NOFS: c_uint = 0xc40;
pub const KMOD_GFP_ZERO: c_uint = 0x100;
pub const KMOD_GFP_NOWARN: c_uint = 0x2000;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    static LIVE: Cell<usize> = const { Cell::new(0) };
}

/// Lets only this thread's next `count` allocations succeed.
pub fn limit_allocations(count: usize) {
    LEFT.set(count);
}

/// How many allocations of this thread have not been freed.
pub fn live_allocations() -> usize {
    LIVE.get()
}

pub unsafe fn kmod_kvmalloc(size: usize, flags: c_uint) -> *mut c_void {
    // SAFETY: As for the C function.
    unsafe { kmod_alloc(size, align_of::<usize>(), flags) }
}

/// Where the layout is kept, before the memory itself.
fn header(layout: Layout) -> Option<(Layout, usize)> {
    Layout::new::<(usize, Layout)>().extend(layout).ok()
}

pub unsafe fn kmod_alloc(size: usize, align: usize, flags: c_uint) -> *mut c_void {
    let left = LEFT.get();
    if left == 0 || i32::try_from(size).is_err() {
        return ptr::null_mut();
    }
    let Some((layout, offset)) = Layout::from_size_align(size, align).ok().and_then(header) else {
        return ptr::null_mut();
    };
    let start = if flags & KMOD_GFP_ZERO != 0 {
        // SAFETY: The header makes its size more than 0.
        unsafe { alloc_zeroed(layout) }
    } else {
        // SAFETY: The header makes its size more than 0.
        unsafe { alloc(layout) }
    };
    if start.is_null() {
        return ptr::null_mut();
    }
    if left != usize::MAX {
        LEFT.set(left - 1);
    }
    LIVE.set(LIVE.get() + 1);
    let memory = start.wrapping_add(offset);
    // SAFETY: Before the memory there is room for it.
    unsafe {
        memory
            .cast::<(usize, Layout)>()
            .wrapping_sub(1)
            .write_unaligned((offset, layout))
    };
    memory.cast()
}

macro_rules! kmalloc {
    ($($name:ident: $size:literal,)*) => {$(
        pub unsafe extern "C" fn $name() -> *mut c_void {
            let align = if usize::is_power_of_two($size) { $size } else { 8 };
            // SAFETY: The alignment is a power of two.
            unsafe { kmod_alloc($size, align, KMOD_GFP_KERNEL) }
        }
    )*};
}

kmalloc! {
    kmod_kmalloc_8: 8,
    kmod_kmalloc_16: 16,
    kmod_kmalloc_32: 32,
    kmod_kmalloc_64: 64,
    kmod_kmalloc_96: 96,
    kmod_kmalloc_128: 128,
    kmod_kmalloc_192: 192,
    kmod_kmalloc_256: 256,
    kmod_kmalloc_512: 512,
    kmod_kmalloc_1024: 1024,
    kmod_kmalloc_2048: 2048,
    kmod_kmalloc_4096: 4096,
}

pub unsafe fn kfree(memory: *const c_void) {
    // SAFETY: The memory came from one of the functions above, and is not used any more:
    // `kfree()`'s contract is `kvfree()`'s.
    unsafe { kvfree(memory) };
}

pub unsafe fn kvfree(memory: *const c_void) {
    if memory.is_null() {
        return;
    }
    LIVE.set(LIVE.get().wrapping_sub(1));
    let memory = memory.cast_mut().cast::<u8>();
    // SAFETY: `kmod_alloc` wrote it there.
    let (offset, layout) = unsafe {
        memory
            .cast::<(usize, Layout)>()
            .wrapping_sub(1)
            .read_unaligned()
    };
    // SAFETY: `kmod_alloc` allocated it with this layout.
    unsafe { dealloc(memory.wrapping_sub(offset), layout) };
}
