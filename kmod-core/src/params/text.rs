// SPDX-License-Identifier: GPL-2.0-only
//! `&str` and `&CStr`.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::{ptr, slice};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::{Kind, Param, ParamType, Table, arg, kind};
use crate::error::code::EINVAL;
use crate::print::CStrPtr;

/// A C string: the kernel's `charp`, and its length with the NUL.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    pointer: *const c_char,
    length: usize,
}

const OPS: kernel_param_ops = kernel_param_ops {
    flags: 0,
    set: Some(set),
    get: Some(super::get),
    free: Some(free),
};

/// `param_set_charp()`. A text that `insmod` replaces is not freed, since the module's code may have a
/// reference to it, and stays for good: who names a parameter twice pays for it. Only `insmod` calls
/// this: a file in sysfs that declared no write permission takes no writes, whatever root makes of its
/// mode.
///
/// # Safety
/// [`KernelParam::new`](super::KernelParam::new) made `kp` for a text; `val` is a C string.
unsafe extern "C" fn set(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: `new` made the entry, with the operations of a `Table`.
    let (kind, ops) = unsafe { kind(kp) };
    // SAFETY: The kernel's entry.
    let kp = unsafe { &*kp };
    // SAFETY: The kernel passes a C string.
    let text = unsafe { CStr::from_ptr(val) }.to_bytes_with_nul();
    if kind.special && !crate::str::is_utf8(text) {
        // SAFETY: The name is a C string in a static.
        let name = unsafe { CStrPtr::new(kp.name) };
        crate::pr_err!("parameter `{name}`: the text is not UTF-8");
        return EINVAL.to_errno();
    }
    // SAFETY: `new` made the entry.
    let value = unsafe { arg(kp) }.cast::<Text>();
    // SAFETY: `arg` is a parameter of text. Code that reads it before `init` is called by `insmod`'s
    // own thread, between two values.
    let old = unsafe { *value };
    // SAFETY: `arg` is a parameter of text, which only this thread uses between two values.
    unsafe { (*value).pointer = ptr::null() };
    // SAFETY: The value begins with the pointer that the kernel replaces; at NULL it frees nothing.
    let ret = ops.set.map_or(0, |set| unsafe { set(val, kp) });
    if ret == 0 {
        // SAFETY: `arg` is a parameter of text, which only this thread uses between two values.
        unsafe { (*value).length = text.len() };
    } else {
        // SAFETY: `arg` is a parameter of text, which only this thread uses between two values.
        unsafe { *value = old };
    }
    ret
}

/// `param_free_charp()`.
///
/// # Safety
/// `arg` is a [`Param`] of text, and the module's code has ended.
unsafe extern "C" fn free(arg: *mut c_void) {
    // SAFETY: It frees what `param_set_charp()` allocated, and leaves a default alone.
    unsafe { kmod_bindings::param_free_charp(arg) };
}

macro_rules! texts {
    ($($type:ty, $utf8:literal, |$bytes:ident| $load:expr;)*) => {$(
        // SAFETY: `set` stores a C string with its length, or fails, and then the module's code
        // does not run.
        unsafe impl ParamType for $type {
            type Raw = Text;
            type Bound = ();
            type Value = $type;
            const WRITABLE: bool = false;
            const TABLE: &'static Table = &Table {
                ops: OPS,
                kind: Kind::new(&raw const kmod_bindings::param_ops_charp, "charp", 0, $utf8),
            };

            #[inline(always)]
            unsafe fn load(cell: &UnsafeCell<Text>) -> $type {
                // SAFETY: It is written only by `set`, while none of the module's code runs.
                let Text { pointer, length } = unsafe { *cell.get() };
                // SAFETY: What was given, as a default, stays until the module's code has ended.
                let $bytes = unsafe { slice::from_raw_parts(pointer.cast::<u8>(), length) };
                $load
            }
        }

        impl Param<$type> {
            /// A parameter of text.
            ///
            /// # Panics
            /// If a `&str`'s default is not UTF-8; at compile time, since it stands in a static.
            pub const fn new(_name: &'static CStr, default: &'static CStr) -> Self {
                assert!(!$utf8 || default.to_str().is_ok());
                Self {
                    value: UnsafeCell::new(Text {
                        pointer: default.as_ptr(),
                        length: default.count_bytes() + 1,
                    }),
                    range: [(); 2],
                }
            }
        }
    )*};
}

texts! {
    // SAFETY: They end with their only NUL.
    &'static CStr, false, |bytes| unsafe { CStr::from_bytes_with_nul_unchecked(bytes) };
    // SAFETY: `new` has checked the default, and `set` what replaced it; the last byte is the NUL.
    &'static str, true, |bytes| unsafe {
        str::from_utf8_unchecked(bytes.split_last().map_or(bytes, |(_, text)| text))
    };
}
