// SPDX-License-Identifier: GPL-2.0-only
//! What `printk` can show by itself.

use core::ffi::{CStr, c_char};
use core::fmt;

use super::format::Style;
use crate::error::Error;

/// The most arguments of one message; with more it is formatted by `core::fmt`.
pub const MAX_ARGS: usize = 8;

/// The most words that they become, the module's name included.
pub(super) const MAX_WORDS: usize = 1 + 2 * MAX_ARGS;

/// A longer text is cut by `printk` in any case; a precision has only 16 bits.
const MAX_PRECISION: usize = 1024;

/// How an argument reaches `printk`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A `long long`.
    Signed,
    /// An `unsigned long long`.
    Unsigned,
    /// Length and address of bytes.
    Text,
    /// Address of a C string.
    CStr,
    /// An `ERR_PTR`.
    Error,
}

impl Kind {
    /// The conversion for `style`.
    pub(super) const fn conversion(self, style: Style) -> &'static [u8] {
        match (self, style) {
            (Kind::Signed, Style::Display) => b"%lld",
            (Kind::Unsigned, Style::Display) => b"%llu",
            (Kind::Signed | Kind::Unsigned, Style::LowerHex) => b"%llx",
            (Kind::Signed | Kind::Unsigned, Style::PrefixedHex) => b"%#llx",
            (Kind::Signed | Kind::Unsigned, Style::UpperHex) => b"%llX",
            (Kind::Signed | Kind::Unsigned, Style::Octal) => b"%llo",
            (Kind::Text, Style::Display) => b"%.*s",
            (Kind::CStr, Style::Display) => b"%s",
            (Kind::Error, Style::Display) => b"%pe",
            _ => panic!("only integers have a radix"),
        }
    }
}

/// Words on their way to `printk`.
pub struct Words {
    pub(super) words: [usize; MAX_WORDS],
    pub(super) length: usize,
}

impl Words {
    #[inline(always)]
    pub(super) const fn new() -> Self {
        Self {
            words: [0; MAX_WORDS],
            length: 0,
        }
    }

    #[inline(always)]
    pub(crate) const fn push(&mut self, word: usize) {
        // Read once: that it is inside says that one more is no overflow, also where each access is watched.
        let at = self.length;
        self.words[at] = word;
        self.length = at + 1;
    }

    #[inline(always)]
    pub(crate) fn push_text(&mut self, text: &[u8]) {
        self.push(text.len().min(MAX_PRECISION));
        self.push(text.as_ptr().expose_provenance());
    }
}

/// What `printk` can show by itself.
///
/// # Safety
/// `push` pushes what `Kind::conversion` of [`KIND`](PrintkArg::KIND) takes: one word for a
/// number or an errno, the address of a C string, or length and address of bytes.
pub unsafe trait PrintkArg {
    /// How it is passed.
    const KIND: Kind;

    /// Passes it.
    fn push(&self, style: Style, to: &mut Words);
}

macro_rules! integers {
    ($($signed:ty, $unsigned:ty;)*) => {$(
        // SAFETY: One word.
        unsafe impl PrintkArg for $signed {
            const KIND: Kind = Kind::Signed;

            #[inline(always)]
            fn push(&self, style: Style, to: &mut Words) {
                to.push(match style {
                    Style::Display => *self as usize,
                    _ => *self as $unsigned as usize,
                });
            }
        }

        // SAFETY: One word.
        unsafe impl PrintkArg for $unsigned {
            const KIND: Kind = Kind::Unsigned;

            #[inline(always)]
            fn push(&self, _: Style, to: &mut Words) {
                to.push(*self as usize);
            }
        }
    )*};
}

// A word must hold a `long long`.
const _: () = assert!(size_of::<usize>() == size_of::<u64>());

integers! {
    i8, u8;
    i16, u16;
    i32, u32;
    i64, u64;
    isize, usize;
}

// SAFETY: The address of a C string.
unsafe impl PrintkArg for bool {
    const KIND: Kind = Kind::CStr;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        let text: &'static CStr = if *self { c"true" } else { c"false" };
        to.push(text.as_ptr().expose_provenance());
    }
}

/// A C string whose length nobody needs.
#[derive(Clone, Copy)]
pub(crate) struct CStrPtr(*const c_char);

impl CStrPtr {
    /// The C string at `text`.
    ///
    /// # Safety
    /// There is one for as long as this is used, or `text` is NULL.
    pub(crate) const unsafe fn new(text: *const c_char) -> Self {
        Self(text)
    }
}

// SAFETY: The address of a C string, or NULL, which is shown as `(null)`.
unsafe impl PrintkArg for CStrPtr {
    const KIND: Kind = Kind::CStr;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        to.push(self.0.expose_provenance());
    }
}

impl fmt::Display for CStrPtr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a C string")
    }
}

// SAFETY: Length and address of bytes.
unsafe impl PrintkArg for str {
    const KIND: Kind = Kind::Text;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        to.push_text(self.as_bytes());
    }
}

// SAFETY: One word.
unsafe impl PrintkArg for Error {
    const KIND: Kind = Kind::Error;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        to.push(self.to_errno() as usize);
    }
}

macro_rules! references {
    ($($reference:ty),*) => {$(
        // SAFETY: As `T` does.
        unsafe impl<T: PrintkArg + ?Sized> PrintkArg for $reference {
            const KIND: Kind = T::KIND;

            #[inline(always)]
            fn push(&self, style: Style, to: &mut Words) {
                (**self).push(style, to);
            }
        }
    )*};
}

references!(&T, &mut T);

/// A message's arguments: a tuple of [`PrintkArg`]s.
///
/// # Safety
/// `push` pushes one argument for each of [`KINDS`](Args::KINDS), in that order.
pub unsafe trait Args {
    /// How they are passed.
    const KINDS: &'static [Kind];

    /// Passes them.
    fn push(&self, styles: [Style; MAX_ARGS], to: &mut Words);
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {$(
        // SAFETY: One argument after the other.
        unsafe impl<$($name: PrintkArg),*> Args for ($($name,)*) {
            const KINDS: &'static [Kind] = &[$($name::KIND),*];

            #[inline(always)]
            fn push(&self, _styles: [Style; MAX_ARGS], _to: &mut Words) {
                $(self.$index.push(_styles[$index], _to);)*
            }
        }
    )*};
}

tuples! {
    ()
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
