// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/uaccess.h>`: user memory is the test's own, and what lies at or above [`USER_END`] is
//! not mapped. Of memory whose address is all that a call has, as an ioctl's, [`know_user`] is told before.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int, c_uint, c_ulong, c_void};
use core::ptr;
use core::slice;
use core::str::FromStr;
use std::thread_local;

use super::loff_t;

/// The first address at which every access faults.
pub const USER_END: usize = 1 << 47;

thread_local! {
    static KNOWN: Cell<(*mut u8, usize)> = const { Cell::new((ptr::null_mut(), 0)) };
}

/// Has the address of this memory stand for it on this thread, until another is known.
pub fn know_user(memory: *mut [u8]) {
    KNOWN.set((memory.cast(), memory.len()));
}

/// The memory that is meant: an address that a number was made to has no provenance of its own.
fn known<T>(user: *mut T) -> *mut u8 {
    let (memory, length) = KNOWN.get();
    match user.addr().checked_sub(memory.addr()) {
        Some(offset) if offset < length => memory.wrapping_add(offset),
        _ => user.cast(),
    }
}

/// How many of `n` bytes at `user` are not mapped.
fn unmapped(user: *const c_void, n: c_ulong) -> usize {
    let n = n as usize;
    n - USER_END.saturating_sub(user.addr()).min(n)
}

pub unsafe fn kmod_copy_to_user(to: *mut c_void, from: *const c_void, n: c_ulong) -> c_ulong {
    let left = unmapped(to, n);
    unsafe { from.cast::<u8>().copy_to(known(to), n as usize - left) };
    left as c_ulong
}

pub unsafe fn kmod_copy_from_user(to: *mut c_void, from: *const c_void, n: c_ulong) -> c_ulong {
    let left = unmapped(from, n);
    let copied = n as usize - left;
    unsafe { known(from.cast_mut()).copy_to(to.cast(), copied) };
    unsafe { to.cast::<u8>().wrapping_add(copied).write_bytes(0, left) };
    left as c_ulong
}

pub unsafe fn simple_read_from_buffer(
    to: *mut c_void,
    count: usize,
    ppos: *mut loff_t,
    from: *const c_void,
    available: usize,
) -> isize {
    let pos = unsafe { *ppos } as usize;
    let n = count.min(available.saturating_sub(pos));
    let left = unsafe { kmod_copy_to_user(to, from.wrapping_byte_add(pos), n as c_ulong) };
    unsafe { moved(ppos, n, left as usize) }
}

pub unsafe fn simple_write_to_buffer(
    to: *mut c_void,
    available: usize,
    ppos: *mut loff_t,
    from: *const c_void,
    count: usize,
) -> isize {
    let pos = unsafe { *ppos } as usize;
    let n = count.min(available.saturating_sub(pos));
    let left = unsafe { kmod_copy_from_user(to.wrapping_byte_add(pos), from, n as c_ulong) };
    unsafe { moved(ppos, n, left as usize) }
}

/// What the two return when `left` of `n` bytes could not be copied.
unsafe fn moved(ppos: *mut loff_t, n: usize, left: usize) -> isize {
    if n > 0 && left == n {
        return EFAULT as isize;
    }
    unsafe { *ppos += (n - left) as loff_t };
    (n - left) as isize
}

pub unsafe fn kmod_clear_user(to: *mut c_void, n: c_ulong) -> c_ulong {
    let left = unmapped(to, n);
    unsafe { known(to).write_bytes(0, n as usize - left) };
    left as c_ulong
}

pub unsafe fn kmod_copy_to_user_known(to: *mut c_void, from: *const c_void, n: c_ulong) -> c_ulong {
    unsafe { kmod_copy_to_user(to, from, n) }
}

pub unsafe fn kmod_copy_from_user_known(
    to: *mut c_void,
    from: *const c_void,
    n: c_ulong,
) -> c_ulong {
    unsafe { kmod_copy_from_user(to, from, n) }
}

macro_rules! words {
    ($($type:ty: $put:ident, $get:ident;)*) => {$(
        pub unsafe fn $put(value: $type, to: *mut c_void) -> c_int {
            let from = (&raw const value).cast();
            let left = unsafe { kmod_copy_to_user(to, from, size_of::<$type>() as c_ulong) };
            if left == 0 { 0 } else { EFAULT }
        }

        pub unsafe fn $get(to: *mut $type, from: *const c_void) -> c_int {
            let left =
                unsafe { kmod_copy_from_user(to.cast(), from, size_of::<$type>() as c_ulong) };
            if left == 0 { 0 } else { EFAULT }
        }
    )*};
}

words! {
    u8: kmod_put_user_1, kmod_get_user_1;
    u16: kmod_put_user_2, kmod_get_user_2;
    u32: kmod_put_user_4, kmod_get_user_4;
    u64: kmod_put_user_8, kmod_get_user_8;
}

const EFAULT: c_int = -14;
const EINVAL: c_int = -22;
const ERANGE: c_int = -34;

/// A decimal number, which is all that the tests need of `kstrto*()`.
unsafe fn parse<T: FromStr>(s: *const c_char, count: usize, to: *mut T) -> c_int {
    if unmapped(s.cast(), count as c_ulong) > 0 {
        return EFAULT;
    }
    let bytes = unsafe { slice::from_raw_parts(s.cast::<u8>(), count) };
    let text = core::str::from_utf8(bytes).unwrap_or_default();
    let text = text.strip_suffix('\n').unwrap_or(text);
    match text.parse() {
        Ok(value) => {
            unsafe { to.write(value) };
            0
        }
        Err(_) if text.is_empty() || text.contains(|c: char| !c.is_ascii_digit()) => EINVAL,
        Err(_) => ERANGE,
    }
}

macro_rules! kstrto {
    ($($name:ident, $string:ident: $type:ty,)*) => {$(
        pub unsafe fn $name(
            s: *const c_char,
            count: usize,
            _base: c_uint,
            res: *mut $type,
        ) -> c_int {
            unsafe { parse(s, count, res) }
        }

        pub unsafe fn $string(s: *const c_char, _base: c_uint, res: *mut $type) -> c_int {
            let count = unsafe { CStr::from_ptr(s) }.count_bytes();
            unsafe { parse(s, count, res) }
        }
    )*};
}

kstrto! {
    kstrtou8_from_user, kstrtou8: u8,
    kstrtos8_from_user, kstrtos8: i8,
    kstrtou16_from_user, kstrtou16: u16,
    kstrtos16_from_user, kstrtos16: i16,
    kstrtouint_from_user, kstrtouint: u32,
    kstrtoint_from_user, kstrtoint: i32,
    kstrtoull_from_user, kstrtoull: u64,
    kstrtoll_from_user, kstrtoll: i64,
}

pub unsafe fn kstrtobool_from_user(s: *const c_char, count: usize, res: *mut bool) -> c_int {
    if unmapped(s.cast(), count as c_ulong) > 0 {
        return EFAULT;
    }
    let bytes = unsafe { slice::from_raw_parts(s.cast::<u8>(), count) };
    let value = match bytes.first() {
        Some(b'1' | b'y' | b'Y') => true,
        Some(b'0' | b'n' | b'N') => false,
        _ => return EINVAL,
    };
    unsafe { res.write(value) };
    0
}

pub unsafe fn kstrtobool(s: *const c_char, res: *mut bool) -> c_int {
    let count = unsafe { CStr::from_ptr(s) }.count_bytes();
    unsafe { kstrtobool_from_user(s, count, res) }
}
