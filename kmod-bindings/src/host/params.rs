// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/moduleparam.h>`: parses as `kstrtoull()` and its kin do.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::ffi::CString;
use std::format;
use std::string::ToString;

use super::module;

const EINVAL: c_int = 22;
const ENOSPC: c_int = 28;
const ERANGE: c_int = 34;

pub const KERNEL_PARAM_OPS_FL_NOARG: c_uint = 1;

type Set = unsafe extern "C" fn(*const c_char, *const kernel_param) -> c_int;
type Get = unsafe extern "C" fn(*mut c_char, *const kernel_param) -> c_int;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kernel_param_ops {
    pub flags: c_uint,
    pub set: Option<Set>,
    pub get: Option<Get>,
    pub free: Option<unsafe extern "C" fn(*mut c_void)>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kernel_param {
    pub name: *const c_char,
    pub mod_: *mut module,
    pub ops: *const kernel_param_ops,
    pub perm: u16,
    pub level: i8,
    pub flags: u8,
    pub __bindgen_anon_1: kernel_param__bindgen_ty_1,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union kernel_param__bindgen_ty_1 {
    pub arg: *mut c_void,
}

const fn ops(flags: c_uint, set: Set, get: Get) -> kernel_param_ops {
    kernel_param_ops {
        flags,
        set: Some(set),
        get: Some(get),
        free: None,
    }
}

/// The place of the parameter's value.
unsafe fn arg<T>(kp: *const kernel_param) -> *mut T {
    // SAFETY: The caller passes a valid entry.
    let place = unsafe { (*kp).__bindgen_anon_1 };
    // SAFETY: The union has no other field.
    unsafe { place.arg }.cast()
}

/// `_kstrtoull()`, with the sign apart.
fn parse(text: &[u8]) -> Result<(bool, u64), c_int> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let (radix, digits) = match text {
        [b'0', b'x' | b'X', rest @ ..] if rest.first().is_some_and(u8::is_ascii_hexdigit) => {
            (16, rest)
        }
        [b'0', rest @ ..] if !rest.is_empty() => (8, rest),
        _ => (10, text),
    };
    if digits.is_empty() {
        return Err(-EINVAL);
    }
    let mut value = Some(0u64);
    for digit in digits {
        let digit = char::from(*digit).to_digit(radix).ok_or(-EINVAL)?;
        value = value
            .and_then(|value| value.checked_mul(radix.into()))
            .and_then(|value| value.checked_add(digit.into()));
    }
    Ok((negative, value.ok_or(-ERANGE)?))
}

/// Puts `text` and its NUL into sysfs' page.
unsafe fn show(buffer: *mut c_char, text: &str) -> c_int {
    let text = format!("{text}\n\0");
    // SAFETY: The buffer is a page, and nobody shows more.
    unsafe {
        buffer
            .cast::<u8>()
            .copy_from_nonoverlapping(text.as_ptr(), text.len())
    };
    (text.len() - 1) as c_int
}

macro_rules! integers {
    ($($ops:ident $set:ident $get:ident: $type:ty;)*) => {$(
        #[expect(non_upper_case_globals, reason = "C's name")]
        pub static $ops: kernel_param_ops = ops(0, $set, $get);

        unsafe extern "C" fn $set(val: *const c_char, kp: *const kernel_param) -> c_int {
            // SAFETY: The caller passes a C string.
            let text = unsafe { CStr::from_ptr(val) }.to_bytes();
            // A sign is only for the signed ones, as in `kstrtoull()`.
            if <$type>::MIN == 0 && text.starts_with(b"-") {
                return -EINVAL;
            }
            let value = match parse(text) {
                Ok((negative, value)) => i128::from(value) * if negative { -1 } else { 1 },
                Err(errno) => return errno,
            };
            let Ok(value) = <$type>::try_from(value) else {
                return -ERANGE;
            };
            // SAFETY: The caller passes a parameter of this type.
            let place = unsafe { arg::<$type>(kp) };
            // SAFETY: The parameter is of this type.
            unsafe { place.write(value) };
            0
        }

        unsafe extern "C" fn $get(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
            // SAFETY: The caller passes a parameter of this type.
            let place = unsafe { arg::<$type>(kp) };
            // SAFETY: The parameter is of this type.
            let value: $type = unsafe { place.read() };
            // SAFETY: The caller passes a page.
            unsafe { show(buffer, &value.to_string()) }
        }
    )*};
}

integers! {
    kmod_param_ops_s8 set_s8 get_s8: i8;
    param_ops_byte set_byte get_byte: u8;
    param_ops_short set_short get_short: i16;
    param_ops_ushort set_ushort get_ushort: u16;
    param_ops_int set_int get_int: i32;
    param_ops_uint set_uint get_uint: u32;
    param_ops_long set_long get_long: i64;
    param_ops_ulong set_ulong get_ulong: u64;
    param_ops_ullong set_ullong get_ullong: u64;
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_bool: kernel_param_ops = ops(KERNEL_PARAM_OPS_FL_NOARG, set_bool, get_bool);

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_charp: kernel_param_ops = ops(0, set_charp, get_charp);

unsafe extern "C" fn set_bool(val: *const c_char, kp: *const kernel_param) -> c_int {
    let text = if val.is_null() {
        c"1"
    } else {
        // SAFETY: The caller passes a C string.
        unsafe { CStr::from_ptr(val) }
    };
    let value = match text.to_bytes() {
        [b'y' | b'Y' | b't' | b'T' | b'1', ..] => true,
        [b'n' | b'N' | b'f' | b'F' | b'0', ..] => false,
        [b'o' | b'O', b'n' | b'N', ..] => true,
        [b'o' | b'O', b'f' | b'F', ..] => false,
        _ => return -EINVAL,
    };
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<bool>(kp) };
    // SAFETY: The parameter is of this type.
    unsafe { place.write(value) };
    0
}

unsafe extern "C" fn get_bool(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<bool>(kp) };
    // SAFETY: The parameter is of this type.
    let value: bool = unsafe { place.read() };
    // SAFETY: The caller passes a page.
    unsafe { show(buffer, if value { "Y" } else { "N" }) }
}

/// The text is never freed.
unsafe extern "C" fn set_charp(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a C string.
    let text = unsafe { CStr::from_ptr(val) };
    if text.count_bytes() > 1024 {
        return -ENOSPC;
    }
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<*mut c_char>(kp) };
    // SAFETY: The parameter is of this type.
    unsafe { place.write(CString::from(text).into_raw()) };
    0
}

unsafe extern "C" fn get_charp(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<*mut c_char>(kp) };
    // SAFETY: The parameter is of this type.
    let text = unsafe { place.read() };
    // SAFETY: It is a C string.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    // SAFETY: The caller passes a page.
    unsafe { show(buffer, &text) }
}

pub unsafe extern "C" fn param_free_charp(_arg: *mut c_void) {}
