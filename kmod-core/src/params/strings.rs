// SPDX-License-Identifier: GPL-2.0-only
//! Arrays of text, by the kernel's `param_array_ops` for `charp`s.

use core::ffi::{CStr, c_char, c_int, c_uint};
use core::fmt;
use core::ptr;
use core::slice;

use kmod_bindings::{kernel_param, kparam_array};

use super::array::{PAGE, split};
use super::cell::{Guarded, ParamCell};
use super::string::{Chars, check_utf8};
use crate::alloc::{Arc, GFP_KERNEL, KVec};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::str::{CString, append};

/// Texts that were given, and where each of them is.
///
/// # Invariants
/// `references` are to `texts`, which are never changed.
pub struct List<T: ?Sized + 'static> {
    references: KVec<&'static T>,
    _texts: KVec<CString>,
}

impl<T: Chars + ?Sized> List<T> {
    /// They are there for as long as the list is.
    fn as_slice(&self) -> &[&T] {
        &self.references
    }
}

/// The value of a parameter that is an array of texts.
pub struct ParamTexts<T: Chars + ?Sized>(Source<T>);

/// Where the texts are.
enum Source<T: ?Sized + 'static> {
    Default(&'static [&'static T]),
    New(Arc<List<T>>),
}

impl<T: Chars + ?Sized> Source<T> {
    fn as_slice(&self) -> &[&T] {
        match self {
            Source::Default(texts) => texts,
            Source::New(list) => list.as_slice(),
        }
    }
}

impl<T: Chars + ?Sized> Clone for Source<T> {
    fn clone(&self) -> Self {
        match self {
            Source::Default(texts) => Source::Default(texts),
            Source::New(list) => Source::New(list.clone()),
        }
    }
}

impl<T: Chars + ?Sized> ParamTexts<T> {
    /// The texts.
    pub fn as_slice(&self) -> &[&T] {
        self.0.as_slice()
    }

    /// The texts, one by one.
    pub fn iter(&self) -> slice::Iter<'_, &T> {
        self.as_slice().iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a, T: Chars + ?Sized> IntoIterator for &'a ParamTexts<T> {
    type Item = &'a &'a T;
    type IntoIter = slice::Iter<'a, &'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Chars + ?Sized + fmt::Debug> fmt::Debug for ParamTexts<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

/// An array of up to `N` texts.
pub struct Texts<T: Chars + ?Sized, const N: usize>(Guarded<Source<T>>);

impl<T: Chars + ?Sized, const N: usize> Texts<T, N> {
    /// An array of `charp`s.
    ///
    /// # Panics
    /// If `default` has more elements than `N`; at compile time, since it stands in a static.
    pub const fn new(default: &'static [&'static T]) -> Self {
        assert!(N > 0, "an array has at least one element");
        assert!(
            default.len() <= N,
            "the default has more elements than the array"
        );
        Self(Guarded::new(Source::Default(default)))
    }
}

// SAFETY: Whoever has a value is an owner of its texts.
unsafe impl<T: Chars + ?Sized, const N: usize> ParamCell for Texts<T, N> {
    type New = Arc<List<T>>;
    type View<'a> = &'a [&'a T];
    type Value = ParamTexts<T>;
    const BORROWED: bool = true;

    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<Arc<List<T>>> {
        // SAFETY: The kernel's arguments.
        let texts = unsafe { parse(val, kp, N, T::UTF8) }?;
        let mut references = KVec::with_capacity(texts.len(), GFP_KERNEL)?;
        for text in &texts {
            let text: *const CStr = &**text;
            // SAFETY: The text is not moved or changed for as long as the list is there, and a
            // reference to it goes no further.
            let text = unsafe { &*text };
            // SAFETY: `parse` has checked it.
            references.push(unsafe { T::from_c(text) }, GFP_KERNEL)?;
        }
        let list = List {
            references,
            _texts: texts,
        };
        Ok(Arc::new(list, GFP_KERNEL)?)
    }

    fn view(new: &Arc<List<T>>) -> &[&T] {
        new.as_slice()
    }

    unsafe fn store(&self, new: Arc<List<T>>) {
        // SAFETY: The parameter lock is held, and no view of the present value is left (`store`'s
        // contract).
        unsafe { self.0.replace(Source::New(new)) };
    }

    unsafe fn current(&self) -> &[&T] {
        // SAFETY: Nothing is stored while the view is used (`current`'s contract).
        unsafe { self.0.peek() }.as_slice()
    }

    fn value(&self) -> ParamTexts<T> {
        ParamTexts(self.0.read(Source::clone))
    }

    unsafe fn show(
        &self,
        kept: Option<&Arc<List<T>>>,
        buffer: *mut c_char,
        _: &kernel_param,
    ) -> c_int {
        let texts = match kept {
            Some(list) => list.as_slice(),
            // SAFETY: The kernel shows a parameter with the parameter lock held.
            None => unsafe { self.0.peek() }.as_slice(),
        };
        // SAFETY: `buffer` is a page.
        let page = unsafe { slice::from_raw_parts_mut(buffer.cast::<u8>(), PAGE) };
        show(texts.iter().map(|text| text.bytes()), page)
    }

    unsafe fn free(&self) {
        // SAFETY: The module's code has ended (this function's contract).
        unsafe { self.0.replace_last(Source::Default(&[])) };
    }
}

/// Shows as much as there is room for. (`param_array_get()` would write beyond the page.)
fn show<'a>(texts: impl Iterator<Item = &'a [u8]>, page: &mut [u8]) -> c_int {
    let mut length = 0;
    for text in texts {
        append(page, &mut length, text);
        append(page, &mut length, b",");
    }
    // What ends the last one, or is behind what had room, ends the line.
    let shown = page.get_mut(..length);
    if let Some(last) = shown.and_then(<[u8]>::last_mut) {
        *last = b'\n';
    }
    length as c_int
}

/// Copies of the texts in `val`, of which there are `max` at most.
///
/// # Safety
/// The arguments are the kernel's.
unsafe fn parse(
    val: *const c_char,
    kp: &kernel_param,
    max: usize,
    utf8: bool,
) -> Result<KVec<CString>> {
    let mut pointers = KVec::from_elem(ptr::null_mut::<c_char>(), max, GFP_KERNEL)?;
    let mut length: c_uint = 0;
    let array = kparam_array {
        max: max as c_uint,
        elemsize: size_of::<*mut c_char>() as c_uint,
        num: &mut length,
        ops: &raw const kmod_bindings::param_ops_charp,
        elem: pointers.as_mut_ptr().cast(),
    };
    // SAFETY: The kernel's arguments, and an array of `charp`s.
    let result = unsafe { split(&array, val, kp) };
    let result = result.and_then(|()| {
        let given = pointers.get(..length as usize).ok_or(EINVAL)?;
        // SAFETY: The first `length` are C strings.
        unsafe { copies(given, kp, utf8) }
    });
    for pointer in &mut pointers {
        // SAFETY: It is a `charp`, or NULL.
        unsafe { kmod_bindings::param_free_charp((&raw mut *pointer).cast()) };
    }
    result
}

/// Copies of C strings.
///
/// # Safety
/// They are.
unsafe fn copies(pointers: &[*mut c_char], kp: &kernel_param, utf8: bool) -> Result<KVec<CString>> {
    let mut texts = KVec::with_capacity(pointers.len(), GFP_KERNEL)?;
    for pointer in pointers {
        // SAFETY: Each of them is a C string (this function's contract).
        let text = unsafe { CStr::from_ptr(*pointer) };
        if utf8 {
            check_utf8(text, kp)?;
        }
        texts.push(CString::new(text.to_bytes(), GFP_KERNEL)?, GFP_KERNEL)?;
    }
    Ok(texts)
}
