// SPDX-License-Identifier: GPL-2.0-only
//! `&str` and `&CStr`.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int, c_void};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::ParamType;
use crate::error::code::EINVAL;
use crate::print::CStrPtr;

/// The default of a parameter of text.
pub(super) const fn default<T: ParamType>(raw: T::Raw) -> &'static CStr {
    union Text<R: Copy> {
        raw: R,
        text: &'static CStr,
    }
    assert!(T::UTF8);
    // SAFETY: `Raw` is `&'static CStr` if `UTF8` is set.
    unsafe { Text { raw }.text }
}

/// `param_set_charp()`.
///
/// # Safety
/// `kp` is of a [`Param`](super::Param) of text; `val` is a C string.
unsafe extern "C" fn set(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel passes a valid entry.
    let kp = unsafe { &*kp };
    // SAFETY: Every entry that `KernelParam::new` makes has an `arg`.
    let cell = unsafe { kp.__bindgen_anon_1.arg }.cast::<&'static CStr>();
    // SAFETY: `arg` is the place of a parameter of text, and the parameter lock is held.
    let old = unsafe { *cell };

    let mut text = old.as_ptr();
    let mut shadow = *kp;
    shadow.__bindgen_anon_1.arg = (&raw mut text).cast();
    // SAFETY: `val` is as the kernel passed it; `text` is a `char *` that it may replace, freeing
    // the old text if it allocated it: nobody holds a reference yet, since after the module's code
    // has begun to run the helper refuses.
    let ret = unsafe { kmod_bindings::kmod_param_set_charp(val, &shadow) };
    let new = if text.is_null() {
        // Out of memory; the old text is gone.
        c""
    } else {
        // SAFETY: `text` is the old or the new text, and lives until `free` is called or it is
        // replaced.
        unsafe { CStr::from_ptr(text) }
    };
    if !core::ptr::eq(new.as_ptr(), old.as_ptr()) {
        // SAFETY: As for reading it; nobody reads it while the module is being loaded.
        unsafe { *cell = new };
    }
    ret
}

/// The same for `&str`: what is not UTF-8 is refused.
///
/// # Safety
/// As [`set`].
unsafe extern "C" fn set_utf8(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel passes a C string.
    let text = unsafe { CStr::from_ptr(val) };
    if !crate::str::is_utf8(text.to_bytes()) {
        // SAFETY: The kernel passes a valid entry.
        let kp = unsafe { &*kp };
        // SAFETY: The name is a C string in a static.
        let name = unsafe { CStrPtr::new(kp.name) };
        crate::pr_err!("parameter `{name}`: the text is not UTF-8");
        return EINVAL.to_errno();
    }
    // SAFETY: As the caller promises.
    unsafe { set(val, kp) }
}

/// `param_get_charp()`.
///
/// # Safety
/// `kp` is of a [`Param`](super::Param) of text; `buffer` has a page.
unsafe extern "C" fn get(buffer: *mut c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel passes a valid entry.
    let kp = unsafe { &*kp };
    // SAFETY: Every entry that `KernelParam::new` makes has an `arg`.
    let cell = unsafe { kp.__bindgen_anon_1.arg }.cast::<&'static CStr>();
    // SAFETY: `arg` is the place of a parameter of text, and the parameter lock is held.
    let mut text = unsafe { *cell }.as_ptr();
    let mut shadow = *kp;
    shadow.__bindgen_anon_1.arg = (&raw mut text).cast();
    // SAFETY: `buffer` is as the kernel passed it, and `text` a C string.
    unsafe { kmod_bindings::param_get_charp(buffer, &shadow) }
}

/// `param_free_charp()`.
///
/// # Safety
/// `arg` is the place of a [`Param`](super::Param) of text, and the module's code has ended.
unsafe extern "C" fn free(arg: *mut c_void) {
    // SAFETY: As the caller promises.
    let mut text = unsafe { *arg.cast::<&'static CStr>() }.as_ptr();
    // SAFETY: It frees what `param_set_charp()` allocated, and leaves a default alone.
    unsafe { kmod_bindings::param_free_charp((&raw mut text).cast()) };
}

macro_rules! texts {
    ($($type:ty, $set:ident, $utf8:literal, |$text:ident| $load:expr;)*) => {$(
        // SAFETY: `OPS` takes the value for a `&'static CStr`, which it is.
        unsafe impl ParamType for $type {
            type Raw = &'static CStr;
            type Bound = ();
            const MIN: () = ();
            const MAX: () = ();
            const UTF8: bool = $utf8;
            const OPS: *const kernel_param_ops = &kernel_param_ops {
                flags: 0,
                set: Some($set),
                get: Some(get),
                free: Some(free),
            };

            #[inline(always)]
            unsafe fn load(cell: &UnsafeCell<&'static CStr>) -> $type {
                // SAFETY: It is not written any more when the module's code runs.
                let $text = unsafe { *cell.get() };
                $load
            }
        }
    )*};
}

texts! {
    &'static CStr, set, false, |text| text;
    // SAFETY: `Param::new` has checked the default, and `set_utf8` what replaced it.
    &'static str, set_utf8, true, |text| unsafe { str::from_utf8_unchecked(text.to_bytes()) };
}
