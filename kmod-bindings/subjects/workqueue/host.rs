// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/workqueue.h>`: nothing is queued on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::c_int;

pub const KMOD_WORK_SHUT: c_int = -1;
pub const KMOD_WORK_PENDING: c_int = 0;
pub const KMOD_WORK_QUEUED: c_int = 1;

pub struct work_struct {
    _opaque: [u8; 0],
}

pub struct kmod_work {
    _opaque: [usize; 7],
}

kernel_only! {
    fn kmod_work_open(
        work: *mut kmod_work,
        function: Option<unsafe extern "C" fn(*mut work_struct)>,
    );
    fn kmod_work_shut(work: *mut kmod_work);
    fn kmod_work_end(work: *mut kmod_work);
}

/// No work is open.
pub unsafe fn kmod_work_queue(_work: *mut kmod_work) -> c_int {
    KMOD_WORK_SHUT
}

pub unsafe fn kmod_work_is_pending(_work: *const kmod_work) -> bool {
    false
}
