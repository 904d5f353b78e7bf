// SPDX-License-Identifier: GPL-2.0-only
//! Types whose bytes the kernel and userspace share: what [ioctls](mod@crate::ioctl) carry.
//!
//! A struct under `#[uapi]` is one, with fields that are. `cargo kmod uapi` writes the C header
//! and the Rust crate that userspace compiles against.

#[doc(hidden)]
pub mod describe;
#[doc(hidden)]
pub mod layout;
mod line;
#[cfg(test)]
mod tests;

#[doc(hidden)]
pub use describe::{
    Command, Commands, Declaration, Export, Field, Function, Item, Node, Parameter, Struct,
    TraceEvent, TraceField, TraceKind, Tracepoint, Type, Value,
};
#[doc(hidden)]
pub use layout::{no_padding_before, no_padding_behind, not_empty};
#[doc(hidden)]
pub use line::{line, line_len};

/// The line of an item, in what is compiled for the host: of a struct's type, or of what has these fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __told {
    (Struct($type:expr)) => {
        $crate::__told!(@ $crate::__private::uapi::Item::Struct($type));
    };
    ($kind:ident $fields:tt) => {
        $crate::__told!(@ $crate::__private::uapi::Item::$kind(
            &$crate::__private::uapi::$kind $fields
        ));
    };
    (@ $item:expr) => {
        #[cfg(not(target_os = "none"))]
        const _: () = {
            const ITEM: $crate::__private::uapi::Item = $item;
            #[used]
            // SAFETY: The section is ours, and holds lines of text.
            #[unsafe(link_section = ".kmod.uapi")]
            static LINE: [::core::primitive::u8; $crate::__private::uapi::line_len(ITEM)] =
                $crate::__private::uapi::line(ITEM);
        };
    };
}

/// The line of an item, in what is compiled for the host, and in what is compiled for the kernel, for the link,
/// which drops it.
#[doc(hidden)]
#[macro_export]
macro_rules! __told_link {
    ($item:expr) => {
        $crate::__told!(@ $item);
        #[cfg(target_os = "none")]
        const _: () = {
            const ITEM: $crate::__private::uapi::Item = $item;
            #[used]
            // SAFETY: The section is ours, holds lines of text, and is not linked.
            #[unsafe(link_section = ".kmod.c")]
            static LINE: [::core::primitive::u8; $crate::__private::uapi::line_len(ITEM)] =
                $crate::__private::uapi::line(ITEM);
        };
    };
}

/// A type that the kernel and userspace have alike.
///
/// These are: the integers from 8 to 64 bits, arrays of such types, and structs under `#[uapi]`.
///
/// # Safety
///
/// - Every combination of bytes is a value: userspace can send any.
/// - Every byte belongs to a value: there is no padding, which would show kernel memory.
/// - Each integer lies at a multiple of its own size, and the size of the whole is a multiple of
///   its largest integer's. So a C compiler lays it out alike on every architecture, for 32-bit
///   programs too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared with userspace",
    label = "not of the same bytes for both sides",
    note = "the integers from 8 to 64 bits can, arrays of what can, and structs under `#[uapi]`"
)]
pub unsafe trait Uapi: Sized {
    /// How userspace is told of it.
    #[doc(hidden)]
    const TYPE: Type;
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        // SAFETY: An integer has no padding, takes all bytes, and has one size everywhere. Where
        // its alignment is less than its size, that of a struct is a matter of `#[uapi]`.
        unsafe impl Uapi for $type {
            const TYPE: Type = Type::Int { name: stringify!($type) };
        }
    )*};
}

integers!(u8 u16 u32 u64 i8 i16 i32 i64);

// SAFETY: Elements lie one after the other, each as it would by itself.
unsafe impl<T: Uapi, const N: usize> Uapi for [T; N] {
    const TYPE: Type = Type::Array {
        of: &T::TYPE,
        len: N,
    };
}
