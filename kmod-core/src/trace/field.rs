// SPDX-License-Identifier: GPL-2.0-only
//! What an event's fields can be, and how C gets them.

use core::ffi::CStr;
use core::mem::MaybeUninit;

use crate::task::Comm;
use crate::uapi;
pub use crate::uapi::describe::TraceKind;

/// The longest text of an event, in bytes without the NUL: what is longer is cut there.
const TEXT_MAX: usize = 255;

/// The most bytes that the fields of an event may come to: perf's buffers for one are not much larger.
const EVENT_MAX: usize = 1024;

/// A type that a field of a [trace event](super::TraceEvent) can have.
///
/// These are `bool`, all integers up to 64 bits, arrays of such integers, the name of a task ([`Comm`]), and
/// texts: `&CStr` and `&str`, of which up to 255 bytes are kept.
///
/// # Safety
///
/// What [`value`](Self::value) gives is of the kind [`KIND`](Self::KIND): of a value, itself; of an array, where its
/// first element is, and of a text, where as many bytes are as it says. They are there as long as `self` is
/// borrowed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a trace event",
    label = "not of a form that tracers know",
    note = "`bool` and the integers up to 64 bits can, arrays of such integers, `Comm`, and as texts `&CStr` and `&str`"
)]
pub unsafe trait TraceField {
    /// What C is told of it.
    #[doc(hidden)]
    const KIND: TraceKind;

    /// What C is handed of a value.
    #[doc(hidden)]
    fn value(&self) -> TraceValue;
}

/// A field's value as C is handed it: a number or an address, and of a text the length.
#[doc(hidden)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TraceValue {
    word: u64,
    /// Of a text only, or C would be handed as many zeroes again.
    len: MaybeUninit<u64>,
}

impl TraceValue {
    /// A number.
    const fn number(word: u64) -> Self {
        let len = MaybeUninit::uninit();
        Self { word, len }
    }

    /// Where something is.
    fn address<T>(at: *const T) -> Self {
        Self::number(at.expose_provenance() as u64)
    }

    /// A text, or as much of it as is kept.
    fn text(bytes: &[u8]) -> Self {
        Self {
            len: MaybeUninit::new(bytes.len().min(TEXT_MAX) as u64),
            ..Self::address(bytes.as_ptr())
        }
    }
}

/// An integer: what an array in an event can be of.
///
/// # Safety
///
/// `C` is the name of the integer in C that has the same bytes.
#[diagnostic::on_unimplemented(
    message = "an array of `{Self}` cannot be a field of a trace event",
    label = "not an integer",
    note = "the integers up to 64 bits can be in an array"
)]
pub unsafe trait TraceElement: Copy {
    /// C's name of it.
    #[doc(hidden)]
    const C: &'static str;
}

macro_rules! integers {
    ($($type:ident $c:literal)*) => {$(
        // SAFETY: It is C's integer of that size and sign.
        unsafe impl TraceElement for $type {
            const C: &'static str = $c;
        }

        // SAFETY: It is itself, with its sign.
        unsafe impl TraceField for $type {
            const KIND: TraceKind = TraceKind::Value { ty: $c };

            fn value(&self) -> TraceValue {
                TraceValue::number(*self as u64)
            }
        }
    )*};
}

integers! {
    u8 "u8"
    u16 "u16"
    u32 "u32"
    u64 "u64"
    usize "unsigned long"
    i8 "s8"
    i16 "s16"
    i32 "s32"
    i64 "s64"
    isize "long"
}

// SAFETY: Rust's `bool` is C's `_Bool`.
unsafe impl TraceField for bool {
    const KIND: TraceKind = TraceKind::Value { ty: "bool" };

    fn value(&self) -> TraceValue {
        TraceValue::number(u64::from(*self))
    }
}

// SAFETY: It points to the first element of the array that is borrowed.
unsafe impl<T: TraceElement, const N: usize> TraceField for [T; N] {
    const KIND: TraceKind = TraceKind::Array {
        ty: T::C,
        size: size_of::<T>(),
        len: N,
    };

    fn value(&self) -> TraceValue {
        TraceValue::address(self.as_ptr())
    }
}

// SAFETY: It points to the first byte of the array that is borrowed, of which one is NUL.
unsafe impl TraceField for Comm {
    const KIND: TraceKind = TraceKind::Array {
        ty: "char",
        size: 1,
        len: size_of::<Comm>(),
    };

    fn value(&self) -> TraceValue {
        TraceValue::address(self.as_bytes().as_ptr())
    }
}

// SAFETY: It is as many bytes of what is referred to, which outlives the reference that is borrowed.
unsafe impl TraceField for &CStr {
    const KIND: TraceKind = TraceKind::Text;

    fn value(&self) -> TraceValue {
        TraceValue::text(self.to_bytes())
    }
}

// SAFETY: It is as many bytes of what is referred to, which outlives the reference that is borrowed.
unsafe impl TraceField for &str {
    const KIND: TraceKind = TraceKind::Text;

    fn value(&self) -> TraceValue {
        // No half of a letter.
        let len = self.floor_char_boundary(TEXT_MAX);
        TraceValue::text(self.get(..len).unwrap_or_default().as_bytes())
    }
}

/// Fails to compile if that field is an array of nothing.
#[doc(hidden)]
#[track_caller]
pub const fn assert_not_empty(fields: &[uapi::TraceField], index: usize, message: &str) {
    let is_empty = matches!(fields[index].kind, TraceKind::Array { len: 0, .. });
    assert!(!is_empty, "{}", message);
}

/// Fails to compile if the fields of an event come to too much.
#[doc(hidden)]
#[track_caller]
pub const fn assert_event_size(mut fields: &[uapi::TraceField], message: &str) {
    let mut size: usize = 0;
    while let [field, rest @ ..] = fields {
        size = size.saturating_add(match field.kind {
            TraceKind::Value { .. } => size_of::<u64>(),
            TraceKind::Array { size, len, .. } => size.saturating_mul(len),
            TraceKind::Text => TEXT_MAX + 1,
        });
        fields = rest;
    }
    assert!(size <= EVENT_MAX, "{}", message);
}

#[cfg(test)]
mod tests {
    use super::{TEXT_MAX, TraceField, TraceValue};
    use std::string::String;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let long: String = "ä".repeat(200);
        // SAFETY: They are of texts.
        let len = |text: TraceValue| unsafe { text.len.assume_init() };
        assert_eq!(len((&*long).value()), TEXT_MAX as u64 - 1);
        assert_eq!(len("short".value()), 5);
        assert_eq!(len(TraceValue::text(&[b'x'; 300])), TEXT_MAX as u64);
    }

    #[test]
    fn a_number_keeps_its_sign() {
        assert_eq!((-1_i8).value().word, u64::MAX);
        assert_eq!(255_u8.value().word, 255);
        assert_eq!(true.value().word, 1);
    }
}
