// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/refcount.h>`, without its warnings.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::sync::atomic::{AtomicI32, Ordering};

#[expect(non_camel_case_types, reason = "C's name")]
pub struct refcount_struct {
    refs: AtomicI32,
}

#[expect(non_camel_case_types, reason = "C's name")]
pub type refcount_t = refcount_struct;

/// C's `REFCOUNT_SATURATED`.
const SATURATED: i32 = i32::MIN / 2;

/// The number after `step`, which is the saturated one where C's warns.
unsafe fn change(count: *mut refcount_t, step: impl Fn(i32) -> Option<i32>) -> i32 {
    let count = unsafe { &(*count).refs };
    let changed = count.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |count| {
        Some(step(count).unwrap_or(SATURATED))
    });
    changed.unwrap_or_default()
}

pub unsafe fn kmod_refcount_inc(count: *mut refcount_t) {
    let step = |count: i32| {
        if count > 0 {
            count.checked_add(1)
        } else {
            None
        }
    };
    unsafe { change(count, step) };
}

pub unsafe fn kmod_refcount_inc_not_zero(count: *mut refcount_t) -> bool {
    let step = |count: i32| match count {
        0 => Some(0),
        _ if count > 0 => count.checked_add(1),
        _ => None,
    };
    unsafe { change(count, step) != 0 }
}

pub unsafe fn kmod_refcount_dec_and_test(count: *mut refcount_t) -> bool {
    let step = |count: i32| (count > 0).then(|| count - 1);
    unsafe { change(count, step) == 1 }
}
