// SPDX-License-Identifier: GPL-2.0-only
//! Functions between the C and the Rust of one module.
//!
//! kbuild compiles the C files in the folder `c` of a module's crate, and links them into the same
//! `.ko`. [`#[export_c]`](crate::export_c) makes a Rust function one that they can call, [`#[export]`](crate::export)
//! one that other modules can;
//! [`#[import_c]`](crate::import_c) declares functions of theirs. Both stand in `NAME_rust.h`, a
//! header that `make` and `cargo kmod build` write and read before each of the C files: so C's
//! compiler refuses a call, or a function, that is of other types.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Marks that C puts into a line.
//! #[uapi]
//! struct Line {
//!     length: u32,
//!     marks: [u8; 60],
//! }
//!
//! /// Puts a mark behind a line's last; whether there was room.
//! #[export_c]
//! fn morse_put(line: &mut Line, mark: u8) -> bool {
//!     let Some(place) = line.marks.get_mut(line.length as usize) else {
//!         return false;
//!     };
//!     *place = mark;
//!     line.length += 1;
//!     true
//! }
//! ```

use crate::uapi::{Uapi, Value};

/// A type that C and Rust pass each other: as an argument, or as what a function returns.
///
/// These are the integers up to 64 bits, `usize` and `isize` (C's `size_t` and `ssize_t`), `bool`,
/// and references and pointers to what is [`Uapi`]: integers, arrays, structs under
/// [`#[uapi]`](macro@crate::uapi). `()` is C's `void`.
///
/// # Safety
///
/// - `extern "C"` passes it as C passes the type that [`VALUE`](Self::VALUE) names.
/// - Every value of that type in C is one of `Self`; of a reference, as far as C keeps to what
///   [`#[export_c]`](crate::export_c) asks of it.
#[diagnostic::on_unimplemented(
    message = "C and Rust cannot pass each other `{Self}`",
    label = "not of one form for both sides",
    note = "the integers up to 64 bits, `usize`, `isize` and `bool` can be passed, and references to integers, arrays and structs under `#[uapi]`"
)]
pub unsafe trait CValue: Sized {
    /// How C is told of it.
    #[doc(hidden)]
    const VALUE: Value;
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        // SAFETY: C's fixed-width integer of that size has the same bytes, and is passed alike.
        unsafe impl CValue for $type {
            const VALUE: Value = Value::Plain { ty: <$type as Uapi>::TYPE };
        }
    )*};
}

integers!(u8 u16 u32 u64 i8 i16 i32 i64);

// SAFETY: C's `size_t` is as large as a pointer in the kernel.
unsafe impl CValue for usize {
    const VALUE: Value = Value::Size { name: "usize" };
}

// SAFETY: C's `ssize_t` is as large as a pointer in the kernel.
unsafe impl CValue for isize {
    const VALUE: Value = Value::Size { name: "isize" };
}

// SAFETY: Rust's `bool` is C's `_Bool`: 0 or 1, and whoever passes one makes it so.
unsafe impl CValue for bool {
    const VALUE: Value = Value::Bool;
}

// SAFETY: A function that returns it returns nothing, as one of C that is `void`. It is no argument:
// C's compiler refuses the header then.
unsafe impl CValue for () {
    const VALUE: Value = Value::Void;
}

// SAFETY: A reference to what has a size is passed as its address. What is there are bytes of which
// all are a value (`Uapi`).
#[diagnostic::do_not_recommend]
unsafe impl<T: Uapi> CValue for &T {
    const VALUE: Value = Value::Reference {
        to: T::TYPE,
        is_mut: false,
    };
}

// SAFETY: As of a shared reference.
#[diagnostic::do_not_recommend]
unsafe impl<T: Uapi> CValue for &mut T {
    const VALUE: Value = Value::Reference {
        to: T::TYPE,
        is_mut: true,
    };
}

// SAFETY: A pointer to what has a size is an address; nothing is asked of what is there.
#[diagnostic::do_not_recommend]
unsafe impl<T: Uapi> CValue for *const T {
    const VALUE: Value = Value::Pointer {
        to: T::TYPE,
        is_mut: false,
    };
}

// SAFETY: As of a pointer to what is not changed.
#[diagnostic::do_not_recommend]
unsafe impl<T: Uapi> CValue for *mut T {
    const VALUE: Value = Value::Pointer {
        to: T::TYPE,
        is_mut: true,
    };
}
