// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/percpu.h>`: each thread is on one of two CPUs.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint, c_void};
use core::ptr;
use core::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::thread_local;

const CPUS: usize = 2;

thread_local! {
    static CPU: usize = {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        THREADS.fetch_add(1, Ordering::Relaxed) % CPUS
    };
}

/// What is before the memory itself: all of it, and how much each CPU has.
type Header = (Layout, usize);

/// Where the header is.
fn header(percpu: *mut c_void) -> *mut Header {
    percpu.wrapping_byte_sub(size_of::<Header>()).cast()
}

/// Where the allocation begins: as much before the memory as the header's place takes.
fn room(align: usize) -> usize {
    size_of::<Header>().next_multiple_of(align)
}

pub unsafe fn kmod_percpu_alloc(size: usize, align: usize) -> *mut c_void {
    let align = align.max(align_of::<Header>());
    let each = size.next_multiple_of(align);
    let Ok(layout) = Layout::from_size_align(room(align) + CPUS * each, align) else {
        return ptr::null_mut();
    };
    let all = unsafe { alloc_zeroed(layout) };
    if all.is_null() {
        return ptr::null_mut();
    }
    let percpu = all.wrapping_byte_add(room(align)).cast();
    unsafe { header(percpu).write((layout, each)) };
    percpu
}

pub unsafe fn kmod_percpu_free(percpu: *mut c_void) {
    if !percpu.is_null() {
        let (layout, _) = unsafe { header(percpu).read() };
        let all = percpu.wrapping_byte_sub(room(layout.align()));
        unsafe { dealloc(all.cast(), layout) };
    }
}

pub unsafe fn kmod_percpu_of(percpu: *mut c_void, cpu: c_uint) -> *mut c_void {
    let (_, each) = unsafe { header(percpu).read() };
    percpu.wrapping_byte_add(each * cpu as usize)
}

pub unsafe fn kmod_percpu_this(percpu: *mut c_void) -> *mut c_void {
    unsafe { kmod_percpu_of(percpu, CPU.with(|cpu| *cpu) as c_uint) }
}

pub unsafe fn kmod_percpu_next(from: c_uint) -> c_int {
    if (from as usize) < CPUS {
        from.cast_signed()
    } else {
        -1
    }
}

pub unsafe fn kmod_percpu_add(counter: *mut i64, number: i64) {
    let counter = unsafe { kmod_percpu_this(counter.cast()) };
    let counter = unsafe { AtomicI64::from_ptr(counter.cast()) };
    counter.fetch_add(number, Ordering::Relaxed);
}

pub unsafe fn kmod_percpu_inc(counter: *mut i64) {
    unsafe { kmod_percpu_add(counter, 1) };
}
