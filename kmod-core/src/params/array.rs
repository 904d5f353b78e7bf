// SPDX-License-Identifier: GPL-2.0-only
//! Arrays of numbers and of `bool`s, by the kernel's `param_array_ops`.

use core::ffi::{c_char, c_int, c_uint};
use core::fmt;
use core::ops::Deref;

use kmod_bindings::{kernel_param, kparam_array};

use super::cell::{Guarded, ParamCell};
use super::{Kind, Number, kernel_get, kernel_set};
use crate::error::{Error, Result};

/// The most that a file in sysfs shows: a page, less the NUL.
pub(super) const PAGE: usize = 4095;

/// The value of an array parameter: as many elements as were given, `N` at most.
///
/// It is a slice in all respects: `for port in &*params.ports()`.
///
/// # Invariants
/// `length` is at most `N`.
#[derive(Clone, Copy)]
pub struct ParamArray<T, const N: usize> {
    length: usize,
    elements: [T; N],
}

impl<T, const N: usize> Deref for ParamArray<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // (Never more: invariant.)
        self.elements.get(..self.length).unwrap_or(&self.elements)
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for ParamArray<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// An array of up to `N` numbers.
pub struct Array<E: Number, const N: usize> {
    bounds: [E::Int; 2],
    value: Guarded<ParamArray<E::Int, N>>,
}

impl<E: Number, const N: usize> Array<E, N> {
    /// An array whose elements take every value of their type.
    ///
    /// # Panics
    /// If `default` has more elements than `N`, or `N` elements could not be shown in sysfs; at
    /// compile time, since it stands in a static.
    pub const fn new(default: &[E::Int]) -> Self {
        let [min, max] = E::BOUNDS;
        Self::with_range(default, min, max)
    }

    /// An array whose elements take the values from `min` to `max`.
    ///
    /// # Panics
    /// As [`new`](Array::new).
    pub const fn with_range(default: &[E::Int], min: E::Int, max: E::Int) -> Self {
        assert!(N > 0, "an array has at least one element");
        assert!(
            N * (E::WIDTH + 1) <= PAGE,
            "the array could not be shown: a file in sysfs holds 4095 bytes"
        );
        assert!(
            default.len() <= N,
            "the default has more elements than the array"
        );
        let mut elements = [E::ZERO; N];
        let mut i = 0;
        while i < default.len() {
            elements[i] = default[i];
            i += 1;
        }
        Self {
            bounds: [min, max],
            value: Guarded::new(ParamArray {
                length: default.len(),
                elements,
            }),
        }
    }
}

// SAFETY: The value is a copy.
unsafe impl<E: Number, const N: usize> ParamCell for Array<E, N> {
    type New = ParamArray<E::Int, N>;
    type View<'a> = &'a [E::Int];
    type Value = ParamArray<E::Int, N>;
    const BORROWED: bool = true;

    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<Self::New> {
        let mut new = ParamArray {
            length: 0,
            elements: [E::ZERO; N],
        };
        let elements = (&raw mut new.elements).cast();
        let bounds = (&raw const self.bounds).cast();
        // SAFETY: The kernel's arguments, and `N` elements and two bounds of this kind.
        let length = unsafe { parse(&E::KIND, val, kp, N, elements, bounds) }?;
        // INVARIANT: The kernel takes no more than `N`.
        new.length = length;
        Ok(new)
    }

    fn view(new: &Self::New) -> &[E::Int] {
        new
    }

    unsafe fn store(&self, new: Self::New) {
        // SAFETY: The parameter lock is held, and no view of the present value is left (`store`'s
        // contract).
        unsafe { self.value.replace(new) };
    }

    unsafe fn current(&self) -> &[E::Int] {
        // SAFETY: Nothing is stored while the view is used (`current`'s contract).
        unsafe { self.value.peek() }
    }

    fn value(&self) -> Self::Value {
        self.value.read(|value| *value)
    }

    unsafe fn show(
        &self,
        kept: Option<&Self::New>,
        buffer: *mut c_char,
        kp: &kernel_param,
    ) -> c_int {
        // SAFETY: The kernel shows a parameter with the parameter lock held.
        let value = kept.unwrap_or_else(|| unsafe { self.value.peek() });
        let mut length = value.length as c_uint;
        // Only `set` writes to the elements.
        let elements = (&raw const value.elements).cast_mut().cast();
        let array = array(&E::KIND, N, elements, &mut length);
        let arg = (&raw const array).cast_mut().cast();
        let ops = &raw const kmod_bindings::param_array_ops;
        // SAFETY: A page, in which `N` elements have room (`with_range`), and an array.
        unsafe { kernel_get(ops, buffer, kp, arg) }
    }
}

/// What the kernel knows of an array.
fn array(kind: &Kind, max: usize, elements: *mut u8, length: &mut c_uint) -> kparam_array {
    kparam_array {
        max: max as c_uint,
        elemsize: kind.size.into(),
        num: length,
        ops: kind.base,
        elem: elements.cast(),
    }
}

/// Parses `val` into `elements`, at most `max`, and returns how many there are.
///
/// # Safety
/// `val` and `kp` are the kernel's arguments, with the parameter lock held; at `elements` is room for
/// `max` numbers of this kind, at `bounds` there are two of them.
unsafe fn parse(
    kind: &Kind,
    val: *const c_char,
    kp: &kernel_param,
    max: usize,
    elements: *mut u8,
    bounds: *const u8,
) -> Result<usize> {
    let mut length = 0;
    let array = array(kind, max, elements, &mut length);
    // SAFETY: The caller's arguments.
    let ret = unsafe { split(&array, val, kp) };
    let length = length as usize;
    if let Err(error) = ret {
        // The kernel itself says that there are too many.
        if length < max {
            // SAFETY: The kernel has put a NUL behind every element up to this one.
            let element = unsafe { nth(val, length) };
            // SAFETY: It is a C string.
            unsafe { kind.refuse(kp, element) };
        }
        return Err(error);
    }
    for i in 0..length {
        // SAFETY: It is one of the elements that were parsed.
        let value = unsafe { kind.read(elements.wrapping_add(i * usize::from(kind.size))) };
        // SAFETY: The caller's bounds.
        unsafe { kind.check(kp, value, bounds) }?;
    }
    Ok(length)
}

/// `param_array_ops.set()` for an array.
///
/// # Errors
/// Its errno.
///
/// # Safety
/// `val` and `kp` are the kernel's arguments, with the parameter lock held; `array` is valid.
pub(super) unsafe fn split(array: &kparam_array, val: *const c_char, kp: &kernel_param) -> Result {
    let arg = (&raw const *array).cast_mut().cast();
    let ops = &raw const kmod_bindings::param_array_ops;
    // SAFETY: A C string that the kernel lets its `set` write to, and an array.
    let ret = unsafe { kernel_set(ops, val, kp, arg) };
    if ret < 0 {
        return Err(Error::from_errno(ret));
    }
    Ok(())
}

/// The C string behind `n` others.
///
/// # Safety
/// There are `n + 1` at `val`.
unsafe fn nth(mut val: *const c_char, n: usize) -> *const c_char {
    for _ in 0..n {
        // SAFETY: There are more C strings at `val` than were passed (this function's contract).
        let text = unsafe { core::ffi::CStr::from_ptr(val) };
        val = val.wrapping_add(text.count_bytes() + 1);
    }
    val
}
