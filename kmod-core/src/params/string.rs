// SPDX-License-Identifier: GPL-2.0-only
//! Text that may change, has a greatest length, or is looked at by the module before it is taken.

use core::ffi::{CStr, c_char, c_int, c_uint};
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr;

use kmod_bindings::{kernel_param, kparam_string};

use super::cell::{Guarded, ParamCell};
use super::{kernel_get, kernel_set};
use crate::alloc::{Arc, GFP_KERNEL, KVec};
use crate::error::code::EINVAL;
use crate::error::{Error, Result};
use crate::print::{CStrPtr, Kind, PrintkArg, Style, Words};
use crate::str::CString;

/// `str` or `CStr`.
///
/// # Safety
/// If it is `UTF8`, `from_c` may rely on it.
pub unsafe trait Chars: Sync + 'static {
    /// Whether text that is not UTF-8 is refused.
    const UTF8: bool;

    /// The same text.
    ///
    /// # Safety
    /// If this is `UTF8`, the text is.
    unsafe fn from_c(text: &CStr) -> &Self;

    /// Its bytes, without a NUL.
    fn bytes(&self) -> &[u8];
}

// SAFETY: It is a C string as it is.
unsafe impl Chars for CStr {
    const UTF8: bool = false;

    unsafe fn from_c(text: &CStr) -> &CStr {
        text
    }

    fn bytes(&self) -> &[u8] {
        self.to_bytes()
    }
}

// SAFETY: It relies on UTF-8, and says so.
unsafe impl Chars for str {
    const UTF8: bool = true;

    unsafe fn from_c(text: &CStr) -> &str {
        // SAFETY: The text is UTF-8, since this is `UTF8` (`from_c`'s contract).
        unsafe { str::from_utf8_unchecked(text.to_bytes()) }
    }

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// The value of a text parameter that may change: a `str` or a `CStr` that stays what it is.
///
/// # Invariants
/// The text is UTF-8 if `T` is.
pub struct ParamText<T: Chars + ?Sized> {
    source: Source,
    chars: PhantomData<T>,
}

/// Where the text is.
#[derive(Clone)]
enum Source {
    Default(&'static CStr),
    New(Arc<CString>),
}

impl Source {
    fn text(&self) -> &CStr {
        match self {
            Source::Default(text) => text,
            Source::New(text) => text,
        }
    }
}

impl<T: Chars + ?Sized> Deref for ParamText<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: By the invariant.
        unsafe { T::from_c(self.source.text()) }
    }
}

impl<T: Chars + ?Sized> Clone for ParamText<T> {
    /// One more owner of the same text.
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            chars: PhantomData,
        }
    }
}

impl<T: Chars + ?Sized + fmt::Debug> fmt::Debug for ParamText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for ParamText<str> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

// SAFETY: Length and address of bytes.
unsafe impl PrintkArg for ParamText<str> {
    const KIND: Kind = Kind::Text;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        to.push_text(self.as_bytes());
    }
}

/// A text parameter: a `charp`, or a `string` if it has a greatest length.
///
/// # Invariants
/// All texts are UTF-8 if `T` is.
pub struct Text<T: Chars + ?Sized> {
    value: Guarded<Source>,
    /// Room for the longest text and its NUL; 0 for a `charp`.
    room: usize,
    chars: PhantomData<T>,
}

impl<T: Chars + ?Sized> Text<T> {
    /// A `charp`.
    ///
    /// # Panics
    /// If the default is not of the type; at compile time, since it stands in a static.
    pub const fn new(default: &'static CStr) -> Self {
        assert!(!T::UTF8 || default.to_str().is_ok());
        Self {
            value: Guarded::new(Source::Default(default)),
            room: 0,
            chars: PhantomData,
        }
    }

    /// A `string`: the NUL included, it takes `room` bytes.
    ///
    /// # Panics
    /// As [`new`](Text::new), and if there is no room for the default.
    pub const fn with_room(default: &'static CStr, room: usize) -> Self {
        assert!(default.count_bytes() < room, "the default is too long");
        let mut text = Self::new(default);
        text.room = room;
        text
    }
}

// SAFETY: Whoever has a value is an owner of its text.
unsafe impl<T: Chars + ?Sized> ParamCell for Text<T> {
    type New = Arc<CString>;
    type View<'a> = &'a T;
    type Value = ParamText<T>;
    const BORROWED: bool = true;

    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<Arc<CString>> {
        // SAFETY: The kernel's arguments.
        Ok(Arc::new(
            unsafe { parse(val, kp, self.room, T::UTF8) }?,
            GFP_KERNEL,
        )?)
    }

    fn view(new: &Arc<CString>) -> &T {
        // SAFETY: `parse` has checked it.
        unsafe { T::from_c(new) }
    }

    unsafe fn store(&self, new: Arc<CString>) {
        // SAFETY: The parameter lock is held, and no view of the present value is left (`store`'s
        // contract).
        unsafe { self.value.replace(Source::New(new)) };
    }

    unsafe fn current(&self) -> &T {
        // SAFETY: Nothing is stored while the view is used (`current`'s contract).
        let source = unsafe { self.value.peek() };
        // SAFETY: By the invariant.
        unsafe { T::from_c(source.text()) }
    }

    fn value(&self) -> ParamText<T> {
        ParamText {
            source: self.value.read(Source::clone),
            chars: PhantomData,
        }
    }

    unsafe fn show(
        &self,
        kept: Option<&Arc<CString>>,
        buffer: *mut c_char,
        kp: &kernel_param,
    ) -> c_int {
        let mut text = match kept {
            Some(text) => text.as_ptr(),
            // SAFETY: The kernel shows a parameter with the parameter lock held.
            None => unsafe { self.value.peek() }.text().as_ptr(),
        };
        let arg = (&raw mut text).cast();
        // SAFETY: A page, and a `charp`; it shows no more than a page.
        unsafe { kernel_get(&raw const kmod_bindings::param_ops_charp, buffer, kp, arg) }
    }

    unsafe fn free(&self) {
        // SAFETY: The module's code has ended (this function's contract).
        unsafe { self.value.replace_last(Source::Default(c"")) };
    }
}

/// A copy of `val`, if the kernel takes it for a `charp` or, with `room`, for a `string`.
///
/// # Safety
/// The arguments are the kernel's.
unsafe fn parse(val: *const c_char, kp: &kernel_param, room: usize, utf8: bool) -> Result<CString> {
    let ret = if room == 0 {
        // SAFETY: The caller's arguments.
        unsafe { judge_charp(val, kp) }
    } else {
        // SAFETY: The caller's arguments.
        unsafe { judge_string(val, kp, room)? }
    };
    if ret < 0 {
        return Err(Error::from_errno(ret));
    }
    // SAFETY: The kernel passes a C string.
    let text = unsafe { CStr::from_ptr(val) };
    if utf8 {
        check_utf8(text, kp)?;
    }
    CString::new(text.to_bytes(), GFP_KERNEL)
}

/// Refuses what is not UTF-8, and says so in the log.
pub(super) fn check_utf8(text: &CStr, kp: &kernel_param) -> Result {
    if crate::str::is_utf8(text.to_bytes()) {
        return Ok(());
    }
    // SAFETY: The name is a C string in a static.
    let name = unsafe { CStrPtr::new(kp.name) };
    crate::pr_err!("parameter `{name}`: the text is not UTF-8");
    Err(EINVAL)
}

/// What `param_set_charp()` answers.
///
/// # Safety
/// The arguments are the kernel's.
unsafe fn judge_charp(val: *const c_char, kp: &kernel_param) -> c_int {
    let mut copy: *mut c_char = ptr::null_mut();
    let arg = (&raw mut copy).cast();
    // SAFETY: A C string and a `charp`.
    let ret = unsafe { kernel_set(&raw const kmod_bindings::param_ops_charp, val, kp, arg) };
    // SAFETY: It is a `charp`, or NULL.
    unsafe { kmod_bindings::param_free_charp((&raw mut copy).cast()) };
    ret
}

/// What `param_set_copystring()` answers.
///
/// # Errors
/// ENOMEM.
///
/// # Safety
/// The arguments are the kernel's.
unsafe fn judge_string(val: *const c_char, kp: &kernel_param, room: usize) -> Result<c_int> {
    let mut copy = KVec::from_elem(0u8, room, GFP_KERNEL)?;
    let string = kparam_string {
        maxlen: room as c_uint,
        string: copy.as_mut_ptr().cast(),
    };
    let arg = (&raw const string).cast_mut().cast();
    // SAFETY: A C string and a `string`.
    let ret = unsafe { kernel_set(&raw const kmod_bindings::param_ops_string, val, kp, arg) };
    Ok(ret)
}
