// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/workqueue.h>`: nothing is queued on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong};

pub const KMOD_WORK_SHUT: c_int = -1;
pub const KMOD_WORK_PENDING: c_int = 0;
pub const KMOD_WORK_QUEUED: c_int = 1;
pub const KMOD_QUEUE_HIGHPRI: c_uint = 1;
pub const KMOD_QUEUE_LONG: c_uint = 2;
pub const KMOD_QUEUE_UNBOUND: c_uint = 3;
pub const KMOD_QUEUE_FREEZABLE: c_uint = 4;
pub const KMOD_WQ_UNBOUND: c_uint = 2;
pub const KMOD_WQ_FREEZABLE: c_uint = 4;
pub const KMOD_WQ_MEM_RECLAIM: c_uint = 8;
pub const KMOD_WQ_HIGHPRI: c_uint = 16;
pub const KMOD_WQ_CPU_INTENSIVE: c_uint = 32;
pub const KMOD_WQ_SYSFS: c_uint = 64;

pub struct work_struct {
    _opaque: [u8; 0],
}

pub struct workqueue_struct {
    _opaque: [u8; 0],
}

pub struct kmod_work {
    _opaque: [usize; 7],
}

pub struct kmod_queue_gate {
    _opaque: [usize; 3],
}

pub struct kmod_delayed_work {
    _opaque: [usize; 14],
}

kernel_only! {
    fn kmod_work_open(
        work: *mut kmod_work,
        function: Option<unsafe extern "C" fn(*mut work_struct)>,
        queue: *mut workqueue_struct,
    );
    fn kmod_work_shut(work: *mut kmod_work);
    fn kmod_work_end(work: *mut kmod_work);
    fn kmod_delayed_work_open(
        work: *mut kmod_delayed_work,
        function: Option<unsafe extern "C" fn(*mut work_struct)>,
        queue: *mut workqueue_struct,
    );
    fn kmod_delayed_work_shut(work: *mut kmod_delayed_work);
    fn kmod_delayed_work_end(work: *mut kmod_delayed_work);
    fn kmod_system_queue(which: c_uint) -> *mut workqueue_struct;
    fn kmod_workqueue_settle(queue: *mut workqueue_struct);
    fn kmod_workqueue_make(
        name: *const c_char,
        flags: c_uint,
        ordered: bool,
        max_active: c_int,
    ) -> *mut workqueue_struct;
    fn kmod_queue_open(gate: *mut kmod_queue_gate);
    fn kmod_queue_shut(gate: *mut kmod_queue_gate);
    fn kmod_queue_is_open(gate: *const kmod_queue_gate) -> bool;
    fn kmod_workqueue_flush(queue: *mut workqueue_struct);
    fn destroy_workqueue(queue: *mut workqueue_struct);
}

/// No work is open.
pub unsafe fn kmod_work_queue(_work: *mut kmod_work) -> c_int {
    KMOD_WORK_SHUT
}

pub unsafe fn kmod_work_flush(_work: *mut kmod_work) -> c_int {
    -19
}

/// No queue is there.
pub unsafe fn kmod_queue_run(
    _gate: *mut kmod_queue_gate,
    _queue: *const *mut workqueue_struct,
    _work: *mut work_struct,
    _function: Option<unsafe extern "C" fn(*mut work_struct)>,
) -> bool {
    false
}

pub unsafe fn kmod_work_is_pending(_work: *const kmod_work) -> bool {
    false
}

pub unsafe fn kmod_delayed_work_queue(
    _work: *mut kmod_delayed_work,
    _jiffies_from_now: c_ulong,
) -> c_int {
    KMOD_WORK_SHUT
}

pub unsafe fn kmod_delayed_work_arm(
    _work: *mut kmod_delayed_work,
    _jiffies_from_now: c_ulong,
) -> bool {
    false
}

pub unsafe fn kmod_delayed_work_disarm(_work: *mut kmod_delayed_work) -> bool {
    false
}

pub unsafe fn kmod_delayed_work_is_pending(_work: *const kmod_delayed_work) -> bool {
    false
}
