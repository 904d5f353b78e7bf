// SPDX-License-Identifier: GPL-2.0-only
//! Numbers that user space writes as text: the kernel's `kstrto*_from_user()`.

use core::ffi::{c_char, c_int};

use kmod_bindings as bindings;

/// What [`UserReader::parse`](super::UserReader::parse) and [`str::parse`](crate::str::parse) can
/// make: `bool` and the integers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be parsed from user memory",
    note = "`bool` and the integers from 8 to 64 bits can"
)]
pub trait UserNumber: Default + sealed::Sealed {
    /// The kernel's function for this type.
    ///
    /// # Safety
    ///
    /// `s` is user memory, mapped or not.
    #[doc(hidden)]
    unsafe fn from_user(s: *const c_char, len: usize, value: &mut Self) -> c_int;

    /// How many bytes that function looks at.
    #[doc(hidden)]
    const TEXT_MAX: usize;

    /// Whether it wants no more behind what it takes.
    #[doc(hidden)]
    const TO_THE_END: bool = true;

    /// The kernel's function for a string of its own.
    ///
    /// # Safety
    ///
    /// `s` is a C string.
    #[doc(hidden)]
    unsafe fn from_text(s: *const c_char, value: &mut Self) -> c_int;
}

mod sealed {
    pub trait Sealed {}
}

/// The greatest [`UserNumber::TEXT_MAX`].
pub(crate) const TEXT_MAX: usize = u64::TEXT_MAX;

/// The base that takes `0x` as hexadecimal, `0` as octal and all else as decimal.
const ANY_BASE: u32 = 0;

macro_rules! numbers {
    ($($type:ty: $from_user:ident, $kstrto:ident as $c:ty,)*) => {$(
        impl sealed::Sealed for $type {}

        impl UserNumber for $type {
            unsafe fn from_user(s: *const c_char, len: usize, value: &mut Self) -> c_int {
                let value: *mut $type = value;
                // SAFETY: The function checks what it reads at `s`, and writes one value of the
                // type that `value` points to.
                unsafe { bindings::$from_user(s, len, ANY_BASE, value.cast::<$c>()) }
            }

            // A sign, the digits in base 2 and a newline.
            const TEXT_MAX: usize = 1 + <$type>::BITS as usize + 1;

            unsafe fn from_text(s: *const c_char, value: &mut Self) -> c_int {
                let value: *mut $type = value;
                // SAFETY: The function reads a string, and writes one value of the type that
                // `value` points to.
                unsafe { bindings::$kstrto(s, ANY_BASE, value.cast::<$c>()) }
            }
        }
    )*};
}

numbers! {
    u8: kstrtou8_from_user, kstrtou8 as u8,
    i8: kstrtos8_from_user, kstrtos8 as i8,
    u16: kstrtou16_from_user, kstrtou16 as u16,
    i16: kstrtos16_from_user, kstrtos16 as i16,
    u32: kstrtouint_from_user, kstrtouint as u32,
    i32: kstrtoint_from_user, kstrtoint as i32,
    u64: kstrtoull_from_user, kstrtoull as u64,
    i64: kstrtoll_from_user, kstrtoll as i64,
    usize: kstrtoull_from_user, kstrtoull as u64,
    isize: kstrtoll_from_user, kstrtoll as i64,
}

const _: () = assert!(
    size_of::<usize>() == size_of::<u64>(),
    "`usize` is parsed as `u64`: only 64-bit kernels are supported"
);

impl sealed::Sealed for bool {}

impl UserNumber for bool {
    unsafe fn from_user(s: *const c_char, len: usize, value: &mut Self) -> c_int {
        // SAFETY: The function checks what it reads at `s`, and writes a `bool`.
        unsafe { bindings::kstrtobool_from_user(s, len, value) }
    }

    const TEXT_MAX: usize = 3;
    const TO_THE_END: bool = false;

    unsafe fn from_text(s: *const c_char, value: &mut Self) -> c_int {
        // SAFETY: The function reads a string, and writes a `bool`.
        unsafe { bindings::kstrtobool(s, value) }
    }
}
