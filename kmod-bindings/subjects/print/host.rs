// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/printk.h>`: what is logged is kept, a thread at a time, for tests to read.

use core::cell::RefCell;
use core::ffi::{CStr, c_char, c_int, c_void};
use std::string::String;
use std::vec::Vec;
use std::{format, thread_local};

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
