// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/printk.h>`: what is logged is kept, a thread at a time, for tests to read.
#![expect(non_camel_case_types, reason = "C's names")]

use core::cell::RefCell;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::sync::atomic::{AtomicU32, Ordering};
use std::string::String;
use std::vec::Vec;
use std::{format, thread_local};

pub const KMOD_DDEBUG: u32 = 0;
pub const KMOD_DDEBUG_SIZE: u64 = 40;
pub const KMOD_DDEBUG_CLASS_BITS: u32 = 0;
pub const KMOD_DDEBUG_BRANCH: u32 = 0;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What this thread logged since the last call: `"<6>name: text\n"`.
pub fn take_log() -> Vec<String> {
    LOG.take()
}

/// `scnprintf(buffer, size, "%p", pointer)`, as a kernel that has no key yet.
///
/// # Safety
/// There is room for `size` bytes.
pub unsafe fn kmod_hash_pointer(
    _pointer: *const c_void,
    buffer: *mut c_char,
    size: usize,
) -> c_int {
    let text = b"(____ptrval____)\0";
    assert!(text.len() <= size, "no room");
    // SAFETY: There is room (this function's contract).
    unsafe {
        buffer
            .cast::<u8>()
            .copy_from_nonoverlapping(text.as_ptr(), text.len())
    };
    text.len() as c_int - 1
}

pub struct kmod_ratelimit {
    made: AtomicU32,
}

/// Lets ten messages by, and no more.
///
/// # Safety
/// There is a limit, which was all zeroes at first.
pub unsafe fn kmod_ratelimit(limit: *mut kmod_ratelimit, _who: *const c_char) -> bool {
    // SAFETY: There is one (this function's contract).
    let limit = unsafe { &*limit };
    limit.made.fetch_add(1, Ordering::Relaxed) < 10
}

/// Keeps how many bytes it would show.
///
/// # Safety
/// `level` and `prefix` are C strings.
pub unsafe fn kmod_hex_dump(
    level: *const c_char,
    prefix: *const c_char,
    _bytes: *const c_void,
    length: usize,
) {
    // SAFETY: It is a C string (this function's contract).
    let level = unsafe { text(level.expose_provenance(), usize::MAX) };
    // SAFETY: It is a C string (this function's contract).
    let prefix = unsafe { text(prefix.expose_provenance(), usize::MAX) };
    let line = format!("<{}>{prefix}{length} bytes\n", level.replace('\u{1}', ""));
    LOG.with_borrow_mut(|log| log.push(line));
}

/// `printk(fmt, words...)`, for the conversions that `kmod-core` uses.
///
/// # Safety
/// The words are what the conversions in `fmt` ask for.
pub unsafe fn printk_words(fmt: &CStr, words: &[usize]) {
    let mut out = String::new();
    let mut words = words.iter().copied();
    let mut next = || words.next().expect("fewer words than conversions");
    let fmt = fmt.to_str().expect("formats are UTF-8");
    let mut rest = fmt;
    if let Some(tail) = rest.strip_prefix('\u{1}') {
        out.push_str(&format!("<{}>", &tail[..1]));
        rest = &tail[1..];
    }
    while let Some((text, tail)) = rest.split_once('%') {
        out.push_str(text);
        let (length, piece) = conversion(tail, &mut next);
        out.push_str(&piece);
        rest = &tail[length..];
    }
    out.push_str(rest);
    assert!(words.next().is_none(), "more words than conversions");
    LOG.with_borrow_mut(|log| log.push(out.replace('\u{1}', "")));
}

/// Length and result of the conversion that `tail` begins with.
fn conversion(tail: &str, next: &mut impl FnMut() -> usize) -> (usize, String) {
    let known = [
        "%", "lld", "llu", "llx", "#llx", "llX", "llo", "pe", ".*s", ".64s", "s", "c",
    ];
    let name = known
        .into_iter()
        .find(|name| tail.starts_with(name))
        .unwrap_or_else(|| panic!("unknown conversion %{tail}"));
    let piece = match name {
        "%" => String::from("%"),
        "lld" => format!("{}", next() as i64),
        "llu" => format!("{}", next()),
        "llx" => format!("{:x}", next()),
        "#llx" => format!("{:#x}", next()),
        "llX" => format!("{:X}", next()),
        "llo" => format!("{:o}", next()),
        "pe" => format!("{}", next() as i64),
        "c" => String::from(char::from(next() as u8)),
        ".*s" => {
            let length = next();
            // SAFETY: The caller passes a pointer to as many bytes.
            unsafe { text(next(), length) }
        }
        // SAFETY: The caller passes a C string.
        ".64s" => unsafe { text(next(), 64) },
        // SAFETY: The caller passes a C string.
        _ => unsafe { text(next(), usize::MAX) },
    };
    (name.len(), piece)
}

/// The text at `at`, up to its NUL or `limit` bytes.
///
/// # Safety
/// It is readable that far.
unsafe fn text(at: usize, limit: usize) -> String {
    let start = at as *const c_char as *const u8;
    let mut bytes = Vec::new();
    for offset in 0..limit {
        let here = start.wrapping_add(offset);
        // SAFETY: Neither NUL nor limit was reached before.
        match unsafe { *here } {
            0 => break,
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
