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
pub const KERNEL_PARAM_FL_UNSAFE: c_uint = 1;
pub const KERNEL_PARAM_FL_HWPARAM: c_uint = 2;

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

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kparam_string {
    pub maxlen: c_uint,
    pub string: *mut c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kparam_array {
    pub max: c_uint,
    pub elemsize: c_uint,
    pub num: *mut c_uint,
    pub ops: *const kernel_param_ops,
    pub elem: *mut c_void,
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

/// What is there.
unsafe fn value<T: Copy>(kp: *const kernel_param) -> T {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<T>(kp) };
    // SAFETY: The parameter is of this type.
    unsafe { place.read() }
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

pub unsafe extern "C" fn param_free_charp(place: *mut c_void) {
    // SAFETY: The caller passes the place of a text, or of NULL.
    let text = unsafe { place.cast::<*mut c_char>().read() };
    if !text.is_null() {
        // SAFETY: `set_charp` made it.
        drop(unsafe { CString::from_raw(text) });
    }
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_invbool: kernel_param_ops = ops(0, set_invbool, get_invbool);

unsafe extern "C" fn set_invbool(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller's arguments.
    let ret = unsafe { set_bool(val, kp) };
    if ret == 0 {
        // SAFETY: The caller passes a parameter of this type.
        let place = unsafe { arg::<bool>(kp) };
        // SAFETY: The parameter is of this type.
        let value = unsafe { &mut *place };
        *value = !*value;
    }
    ret
}

unsafe extern "C" fn get_invbool(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<bool>(kp) };
    // SAFETY: The parameter is of this type.
    let value = unsafe { place.read() };
    // SAFETY: The caller passes a page.
    unsafe { show(buffer, if value { "N" } else { "Y" }) }
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_bint: kernel_param_ops = ops(KERNEL_PARAM_OPS_FL_NOARG, set_bint, get_int);

unsafe extern "C" fn set_bint(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<i32>(kp) };
    let mut value = false;
    let arg = (&raw mut value).cast();
    // SAFETY: The caller passes a valid entry.
    let mut kp = unsafe { *kp };
    kp.__bindgen_anon_1 = kernel_param__bindgen_ty_1 { arg };
    // SAFETY: The caller's text, and the place of a `bool`.
    let ret = unsafe { set_bool(val, &kp) };
    if ret == 0 {
        // SAFETY: The parameter is of this type.
        unsafe { place.write(value.into()) };
    }
    ret
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_hexint: kernel_param_ops = ops(0, set_uint, get_hexint);

unsafe extern "C" fn get_hexint(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a parameter of this type.
    let place = unsafe { arg::<u32>(kp) };
    // SAFETY: The parameter is of this type.
    let value = unsafe { place.read() };
    let text = if value == 0 {
        "00000000".to_string()
    } else {
        format!("{value:#08x}")
    };
    // SAFETY: The caller passes a page.
    unsafe { show(buffer, &text) }
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_ops_string: kernel_param_ops = ops(0, set_string, get_string);

unsafe extern "C" fn set_string(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a string's entry.
    let string = unsafe { value::<kparam_string>(kp) };
    // SAFETY: The caller passes a C string.
    let text = unsafe { CStr::from_ptr(val) }.to_bytes_with_nul();
    if text.len() > string.maxlen as usize {
        return -ENOSPC;
    }
    // SAFETY: There is room.
    unsafe { string.string.copy_from_nonoverlapping(val, text.len()) };
    0
}

unsafe extern "C" fn get_string(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes a string's entry.
    let string = unsafe { value::<kparam_string>(kp) };
    // SAFETY: It is a C string.
    let text = unsafe { CStr::from_ptr(string.string) }.to_string_lossy();
    // SAFETY: The caller passes a page.
    unsafe { show(buffer, &text) }
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static param_array_ops: kernel_param_ops = ops(0, set_array, get_array);

/// The entry of an array's element.
unsafe fn element(kp: *const kernel_param, array: &kparam_array, index: c_uint) -> kernel_param {
    let offset = index as usize * array.elemsize as usize;
    let arg = array.elem.cast::<u8>().wrapping_add(offset).cast();
    // SAFETY: The caller passes a valid entry.
    let mut kp = unsafe { *kp };
    kp.__bindgen_anon_1 = kernel_param__bindgen_ty_1 { arg };
    kp
}

unsafe extern "C" fn set_array(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes an array's entry.
    let array = unsafe { value::<kparam_array>(kp) };
    // SAFETY: It has a count.
    let count = unsafe { &mut *array.num };
    // SAFETY: It has functions.
    let ops = unsafe { &*array.ops };
    *count = 0;
    let mut val = val.cast_mut().cast::<u8>();
    loop {
        if *count == array.max {
            return -EINVAL;
        }
        // SAFETY: The caller passes a C string.
        let text = unsafe { CStr::from_ptr(val.cast()) }.to_bytes();
        let comma = text.iter().position(|byte| *byte == b',');
        let end = val.wrapping_add(comma.unwrap_or(text.len()));
        // SAFETY: The kernel's functions may write to the text.
        unsafe { end.write(0) };
        // SAFETY: The caller's entry.
        let entry = unsafe { element(kp, &array, *count) };
        // SAFETY: A C string and the place of an element.
        let ret = unsafe { ops.set.unwrap()(val.cast(), &entry) };
        if ret != 0 {
            return ret;
        }
        *count += 1;
        if comma.is_none() {
            return 0;
        }
        val = end.wrapping_add(1);
    }
}

unsafe extern "C" fn get_array(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The caller passes an array's entry.
    let array = unsafe { value::<kparam_array>(kp) };
    // SAFETY: It has a count.
    let count = unsafe { *array.num };
    // SAFETY: It has functions.
    let ops = unsafe { &*array.ops };
    let mut length = 0;
    for index in 0..count {
        // SAFETY: The caller's entry.
        let entry = unsafe { element(kp, &array, index) };
        let at = buffer.wrapping_add(length as usize);
        if index > 0 {
            // SAFETY: The newline of the element before.
            unsafe { at.wrapping_sub(1).write(b',' as c_char) };
        }
        // SAFETY: There is room, and the place of an element.
        length += unsafe { ops.get.unwrap()(at, &entry) };
    }
    length
}

pub unsafe fn kmod_param_lock() {}

pub unsafe fn kmod_param_unlock() {}
