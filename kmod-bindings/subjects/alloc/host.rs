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
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
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

/// What is allocated: as the allocator gave it, by its address. A reference's memory is not more than its value, so
/// nothing can be kept before it.
static HELD: Mutex<BTreeMap<usize, Held>> = Mutex::new(BTreeMap::new());

struct Held(*mut u8, Layout);

// SAFETY: Who frees it has it to themselves (`kfree()`'s contract), on whatever thread.
unsafe impl Send for Held {}

fn held() -> MutexGuard<'static, BTreeMap<usize, Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

pub unsafe fn kmod_alloc(size: usize, align: usize, flags: c_uint) -> *mut c_void {
    let left = LEFT.get();
    if left == 0 || i32::try_from(size).is_err() {
        return ptr::null_mut();
    }
    let Ok(layout) = Layout::from_size_align(size.max(1), align) else {
        return ptr::null_mut();
    };
    let memory = if flags & KMOD_GFP_ZERO != 0 {
        // SAFETY: Its size is more than 0.
        unsafe { alloc_zeroed(layout) }
    } else {
        // SAFETY: Its size is more than 0.
        unsafe { alloc(layout) }
    };
    if memory.is_null() {
        return ptr::null_mut();
    }
    if left != usize::MAX {
        LEFT.set(left - 1);
    }
    LIVE.set(LIVE.get() + 1);
    held().insert(memory.addr(), Held(memory, layout));
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
    let freed = held().remove(&memory.addr());
    let Some(Held(memory, layout)) = freed else {
        panic!("{memory:?} is not allocated");
    };
    // SAFETY: `kmod_alloc` allocated it with this layout.
    unsafe { dealloc(memory, layout) };
}
