// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/wait.h>` and `<linux/poll.h>`: whoever waits spins, a jiffy is a millisecond, and no
//! signal ever comes.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void};
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use std::time::Instant;

use super::file;

pub const KMOD_TASK_INTERRUPTIBLE: c_uint = 1;
pub const KMOD_TASK_UNINTERRUPTIBLE: c_uint = 2;
pub const KMOD_TASK_NORMAL: c_uint = 3;
pub const KMOD_TASK_IDLE: c_uint = 0x402;
pub const KMOD_TASK_KILLABLE: c_uint = 0x102;
pub const KMOD_MAX_SCHEDULE_TIMEOUT: c_long = c_long::MAX;
pub const KMOD_EPOLLIN: c_uint = 0x1;
pub const KMOD_EPOLLPRI: c_uint = 0x2;
pub const KMOD_EPOLLOUT: c_uint = 0x4;
pub const KMOD_EPOLLERR: c_uint = 0x8;
pub const KMOD_EPOLLHUP: c_uint = 0x10;
pub const KMOD_EPOLLRDNORM: c_uint = 0x40;
pub const KMOD_EPOLLRDBAND: c_uint = 0x80;
pub const KMOD_EPOLLWRNORM: c_uint = 0x100;
pub const KMOD_EPOLLWRBAND: c_uint = 0x200;
pub const KMOD_EPOLLMSG: c_uint = 0x400;
pub const KMOD_EPOLLRDHUP: c_uint = 0x2000;

pub struct poll_table_struct {
    _opaque: [u8; 0],
}

pub struct kmod_wait_queue {
    wakes: usize,
}

/// The count.
unsafe fn wakes<'a>(queue: *const kmod_wait_queue) -> &'a AtomicUsize {
    let wakes = unsafe { &raw const (*queue).wakes };
    unsafe { AtomicUsize::from_ptr(wakes.cast_mut()) }
}

pub unsafe fn kmod_wait_queue_classify(
    _queue: *mut kmod_wait_queue,
    _site: *const c_void,
    _name: *const c_char,
) {
}

pub unsafe fn kmod_wait_queue_wakes(queue: *const kmod_wait_queue) -> c_ulong {
    unsafe { wakes(queue) }.load(Ordering::Acquire) as c_ulong
}

pub unsafe fn kmod_wait_queue_wait(
    queue: *mut kmod_wait_queue,
    seen: c_ulong,
    _state: c_uint,
    _exclusive: bool,
    timeout: c_long,
) -> c_long {
    let start = Instant::now();
    let limit = Duration::from_millis(timeout as u64);
    while unsafe { kmod_wait_queue_wakes(queue) } == seen {
        if start.elapsed() >= limit {
            return 0;
        }
        std::thread::yield_now();
    }
    let left = limit.saturating_sub(start.elapsed()).as_millis();
    c_long::try_from(left).unwrap_or(c_long::MAX).max(1)
}

pub unsafe fn kmod_wait_queue_wake(
    queue: *mut kmod_wait_queue,
    _mode: c_uint,
    _nr: c_int,
    _events: c_uint,
) {
    unsafe { wakes(queue) }.fetch_add(1, Ordering::SeqCst);
}

pub unsafe fn kmod_timeout(msecs: c_uint) -> c_long {
    c_long::from(msecs)
}

pub unsafe fn kmod_poll_wait(
    _file: *mut file,
    _queue: *mut kmod_wait_queue,
    _table: *mut poll_table_struct,
) {
}
