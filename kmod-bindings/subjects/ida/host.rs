// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/idr.h>`: a set of numbers.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint};
use std::boxed::Box;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

#[expect(non_camel_case_types, reason = "C's name")]
pub struct kmod_ida {
    taken: Mutex<BTreeSet<c_uint>>,
}

const ENOSPC: c_int = 28;

unsafe fn with<R>(ida: *mut kmod_ida, f: impl FnOnce(&mut BTreeSet<c_uint>) -> R) -> R {
    let taken = unsafe { &(*ida).taken };
    f(&mut taken.lock().unwrap_or_else(PoisonError::into_inner))
}

pub unsafe fn kmod_ida_make() -> *mut kmod_ida {
    let taken = Mutex::default();
    Box::into_raw(Box::new(kmod_ida { taken }))
}

pub unsafe fn kmod_ida_free(ida: *mut kmod_ida) {
    drop(unsafe { Box::from_raw(ida) });
}

pub unsafe fn kmod_ida_alloc(ida: *mut kmod_ida, min: c_uint, max: c_uint) -> c_int {
    let max = max.min(c_int::MAX.cast_unsigned());
    let take = |taken: &mut BTreeSet<c_uint>| {
        let free = (min..=max).find(|number| taken.insert(*number));
        free.map_or(-ENOSPC, c_uint::cast_signed)
    };
    unsafe { with(ida, take) }
}

pub unsafe fn kmod_ida_alloc_atomic(ida: *mut kmod_ida, min: c_uint, max: c_uint) -> c_int {
    unsafe { kmod_ida_alloc(ida, min, max) }
}

pub unsafe fn kmod_ida_put(ida: *mut kmod_ida, number: c_uint) {
    unsafe { with(ida, |taken| taken.remove(&number)) };
}
