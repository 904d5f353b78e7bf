// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/sysctl.h>`: numbers and text are read and written as `proc_dointvec()` does with the
//! usual input; nothing can be registered.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr;
use core::slice;
use std::format;
use std::string::String;

use super::loff_t;

type Handler =
    unsafe extern "C" fn(*const c_void, c_int, *mut c_void, *mut usize, *mut i64) -> c_int;

#[expect(non_camel_case_types, reason = "C's name")]
pub struct kmod_sysctl {
    _opaque: [u8; 0],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kmod_sysctl_call {
    pub table: *const c_void,
    pub write: c_int,
    pub buffer: *mut c_void,
    pub lenp: *mut usize,
    pub ppos: *mut loff_t,
}

pub unsafe fn kmod_sysctl_register(
    _dir: *const c_char,
    _name: *const c_char,
    _mode: u16,
    _handler: Option<Handler>,
) -> *mut kmod_sysctl {
    ptr::null_mut()
}

pub unsafe fn kmod_sysctl_unregister(_sysctl: *mut kmod_sysctl) {}

/// The text of a write, without the white space around it.
unsafe fn written(call: &kmod_sysctl_call) -> Option<String> {
    if call.write == 0 {
        return None;
    }
    // SAFETY: The caller passes a valid call.
    let length = unsafe { *call.lenp };
    // SAFETY: As above.
    let bytes = unsafe { slice::from_raw_parts(call.buffer.cast::<u8>(), length) };
    Some(String::from_utf8_lossy(bytes).trim().into())
}

/// Serves a read of `text`.
unsafe fn show(call: &kmod_sysctl_call, text: &str) {
    // SAFETY: The caller passes a valid call.
    let length = unsafe { &mut *call.lenp };
    // SAFETY: As above.
    let pos = unsafe { &mut *call.ppos };
    let text = if *pos == 0 {
        format!("{text}\n")
    } else {
        String::new()
    };
    *length = text.len().min(*length);
    // SAFETY: The buffer has room for the length that the caller asked for.
    unsafe { ptr::copy_nonoverlapping(text.as_ptr(), call.buffer.cast(), *length) };
    *pos += *length as i64;
}

macro_rules! numbers {
    ($($name:ident $type:ty as $wide:ty, $outside:literal;)*) => {$(
        pub unsafe fn $name(call: *const kmod_sysctl_call, value: *mut u64, min: u64, max: u64) -> c_int {
            // SAFETY: The caller passes a valid call.
            let call = unsafe { &*call };
            // SAFETY: The caller passes a number.
            let value = unsafe { &mut *value };
            // SAFETY: The call is valid.
            let Some(text) = (unsafe { written(call) }) else {
                // SAFETY: The call is valid.
                unsafe { show(call, &format!("{}", *value as $type)) };
                return 0;
            };
            match text.parse::<$type>() {
                Ok(number) if number < min as $type || number > max as $type => $outside,
                Ok(number) => {
                    *value = number as $wide as u64;
                    0
                }
                Err(_) => -22,
            }
        }
    )*};
}

numbers! {
    kmod_sysctl_int i32 as i64, -22;
    kmod_sysctl_uint u32 as u64, -34;
    kmod_sysctl_long i64 as i64, -22;
    kmod_sysctl_ulong u64 as u64, -22;
}

pub unsafe fn kmod_sysctl_bool(
    call: *const kmod_sysctl_call,
    value: *mut u64,
    _min: u64,
    _max: u64,
) -> c_int {
    // SAFETY: As the caller promises.
    let ret = unsafe { kmod_sysctl_int(call, value, i32::MIN as u64, i32::MAX as u64) };
    // SAFETY: The caller passes a number.
    let value = unsafe { &mut *value };
    *value = (*value != 0).into();
    ret
}

pub unsafe fn kmod_sysctl_string(
    call: *const kmod_sysctl_call,
    text: *mut c_char,
    size: usize,
) -> c_int {
    // SAFETY: The caller passes a valid call.
    let call = unsafe { &*call };
    // SAFETY: The call is valid.
    if let Some(new) = unsafe { written(call) } {
        let length = new.len().min(size - 1);
        // SAFETY: The caller passes room for `size` bytes.
        unsafe { ptr::copy_nonoverlapping(new.as_ptr(), text.cast(), length) };
        // SAFETY: As above.
        unsafe { text.wrapping_add(length).write(0) };
    } else {
        // SAFETY: The caller passes a C string.
        let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
        // SAFETY: The call is valid.
        unsafe { show(call, &text) };
    }
    0
}
