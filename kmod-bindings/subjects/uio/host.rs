// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/uio.h>`: an iterator is one buffer of the test's own, as in `uaccess`.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_ulong, c_void};
use core::mem::offset_of;

use super::{kmod_clear_user, kmod_copy_from_user, kmod_copy_to_user};

pub struct iov_iter {
    pub buf: *mut c_void,
    pub count: usize,
}

impl iov_iter {
    fn advance(&mut self, n: usize) -> usize {
        self.buf = self.buf.wrapping_byte_add(n);
        self.count -= n;
        n
    }
}

pub const KMOD_IOV_ITER_COUNT_OFFSET: c_ulong = offset_of!(iov_iter, count) as c_ulong;

pub use _copy_from_iter as kmod_copy_from_iter;
pub use _copy_to_iter as kmod_copy_to_iter;

pub unsafe fn _copy_to_iter(from: *const c_void, n: usize, to: *mut iov_iter) -> usize {
    let to = unsafe { &mut *to };
    let n = n.min(to.count);
    let left = unsafe { kmod_copy_to_user(to.buf, from, n as c_ulong) };
    to.advance(n - left as usize)
}

pub unsafe fn _copy_from_iter(to: *mut c_void, n: usize, from: *mut iov_iter) -> usize {
    let from = unsafe { &mut *from };
    let n = n.min(from.count);
    let left = unsafe { kmod_copy_from_user(to, from.buf, n as c_ulong) };
    from.advance(n - left as usize)
}

pub unsafe fn iov_iter_zero(n: usize, to: *mut iov_iter) -> usize {
    let to = unsafe { &mut *to };
    let n = n.min(to.count);
    let left = unsafe { kmod_clear_user(to.buf, n as c_ulong) };
    to.advance(n - left as usize)
}

pub unsafe fn iov_iter_advance(iter: *mut iov_iter, n: usize) {
    unsafe { (*iter).advance(n) };
}

pub unsafe fn iov_iter_revert(iter: *mut iov_iter, n: usize) {
    let iter = unsafe { &mut *iter };
    iter.buf = iter.buf.wrapping_byte_sub(n);
    iter.count += n;
}
