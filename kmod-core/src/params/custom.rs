// SPDX-License-Identifier: GPL-2.0-only
//! Parameters of the module's own types.

use core::ffi::{CStr, c_char, c_int};
use core::{fmt, ptr, slice};

use kmod_bindings::kernel_param;

use super::array::PAGE;
use super::cell::{Guarded, ParamCell};
use super::string::check_utf8;
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::print::CStrPtr;
use crate::str::append;

/// A type of the module's own that a parameter can have.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// A size in bytes, given as `4096` or as `4K`.
/// #[derive(Clone, Copy)]
/// struct Size(u32);
///
/// impl ParamValue for Size {
///     fn parse(text: &str) -> Result<Self> {
///         let (number, unit) = match text.strip_suffix('K') {
///             Some(number) => (number, 1024),
///             None => (text, 1),
///         };
///         let number: u32 = number.parse().map_err(|_| EINVAL)?;
///         number.checked_mul(unit).map(Size).ok_or(ERANGE)
///     }
///
///     fn show(&self, to: &mut ParamWriter<'_>) -> Result {
///         write!(to, "{}", self.0)
///     }
/// }
/// ```
///
/// For an enum, `#[derive(ParamEnum)]` writes it.
#[diagnostic::on_unimplemented(
    message = "a module parameter cannot be of type `{Self}`",
    label = "not a type for parameters",
    note = "the types are `bool`, the integers up to 64 bits, `&str`, `&CStr`, and arrays of these",
    note = "for a type of your own, `#[derive(Clone, Copy, ParamEnum)]` or `impl ParamValue for {Self}`"
)]
pub trait ParamValue: Copy + Send + Sync + 'static {
    /// The names of its values, for the log.
    #[doc(hidden)]
    const NAMES: &'static str = "";

    /// Reads what `insmod` or a write to sysfs gives; a newline at its end is gone already.
    ///
    /// # Errors
    ///
    /// Whatever `insmod` or `write(2)` is to fail with.
    fn parse(text: &str) -> Result<Self>;

    /// Shows the value in sysfs; a newline is added.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn show(&self, to: &mut ParamWriter<'_>) -> Result;
}

/// What a read of a parameter's file in sysfs gives: by `write!(to, "…")?`, up to 4,095 bytes; the
/// rest is cut off.
///
/// # Invariants
/// `written` is at most the page's length.
pub struct ParamWriter<'a> {
    page: &'a mut [u8],
    written: usize,
}

impl ParamWriter<'_> {
    /// Has `f` write to `page`, and returns how much it has.
    pub(crate) fn written(
        page: &mut [u8],
        f: impl FnOnce(&mut ParamWriter<'_>) -> Result,
    ) -> Result<usize> {
        // INVARIANT: Nothing is written yet.
        let mut to = ParamWriter { page, written: 0 };
        f(&mut to)?;
        Ok(to.written)
    }

    /// Adds text.
    pub fn write_str(&mut self, text: &str) {
        append(self.page, &mut self.written, text.as_bytes());
    }

    /// Adds text; `write!` calls this.
    ///
    /// # Errors
    ///
    /// `EINVAL` if a `Display` of the arguments fails.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result {
        fmt::write(&mut Pieces(self), text).map_err(|_| EINVAL)
    }
}

/// Takes the pieces of a formatted text.
struct Pieces<'w, 'a>(&'w mut ParamWriter<'a>);

impl fmt::Write for Pieces<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.write_str(piece);
        Ok(())
    }
}

/// A parameter of a type of the module's own.
///
/// Only [`new`](Custom::new) asks for a [`ParamValue`], so that the compiler reports a type that is
/// none once.
///
/// # Invariants
/// `T` is a [`ParamValue`].
pub struct Custom<T> {
    value: Guarded<T>,
    parse: fn(&str) -> Result<T>,
    show: fn(&T, &mut ParamWriter<'_>) -> Result,
    names: &'static str,
}

// SAFETY: A `ParamValue` is `Send` and `Sync` (invariant).
unsafe impl<T> Sync for Custom<T> {}

impl<T> Custom<T> {
    /// A parameter with this default.
    pub const fn new(default: T) -> Self
    where
        T: ParamValue,
    {
        // INVARIANT: By the bound.
        Self {
            value: Guarded::new(default),
            parse: T::parse,
            show: T::show,
            names: T::NAMES,
        }
    }
}

/// A copy of a value.
///
/// # Safety
/// Its type is `Copy`.
unsafe fn copy<T>(value: &T) -> T {
    // SAFETY: The value's type is `Copy` (this function's contract).
    unsafe { ptr::read(value) }
}

// SAFETY: The value is a copy.
unsafe impl<T: 'static> ParamCell for Custom<T> {
    type New = T;
    type View<'a> = T;
    type Value = T;
    const BORROWED: bool = false;

    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<T> {
        // SAFETY: The kernel passes a C string.
        let text = unsafe { text(val, kp) }?;
        (self.parse)(text).inspect_err(|error| {
            // SAFETY: The name is a C string in a static.
            let name = unsafe { CStrPtr::new(kp.name) };
            if self.names.is_empty() {
                crate::pr_err!("parameter `{name}`: `{text}` is refused ({error})");
            } else {
                crate::pr_err!("parameter `{name}`: `{text}` is none of {}", self.names);
            }
        })
    }

    fn view(new: &T) -> T {
        // SAFETY: A `ParamValue` is `Copy` (invariant).
        unsafe { copy(new) }
    }

    unsafe fn store(&self, new: T) {
        // SAFETY: The parameter lock is held, and no view of the present value is left (`store`'s
        // contract).
        unsafe { self.value.replace(new) };
    }

    unsafe fn current(&self) -> T {
        self.value()
    }

    fn value(&self) -> T {
        // SAFETY: A `ParamValue` is `Copy` (invariant).
        self.value.read(|value| unsafe { copy(value) })
    }

    unsafe fn show(&self, _: Option<&T>, buffer: *mut c_char, _: &kernel_param) -> c_int {
        // SAFETY: `buffer` is a page.
        let page = unsafe { slice::from_raw_parts_mut(buffer.cast::<u8>(), PAGE) };
        let Some((last, room)) = page.split_last_mut() else {
            return 0;
        };
        let shown = ParamWriter::written(room, |to| (self.show)(&self.value(), to));
        let written = match shown {
            Ok(written) => written,
            Err(error) => return error.to_errno(),
        };
        *room.get_mut(written).unwrap_or(last) = b'\n';
        (written + 1) as c_int
    }
}

/// The text at `val`, without the newline that `echo` adds.
///
/// # Errors
/// EINVAL when it is not UTF-8.
///
/// # Safety
/// It is a C string.
unsafe fn text<'a>(val: *const c_char, kp: &kernel_param) -> Result<&'a str> {
    // SAFETY: `val` is a C string (this function's contract).
    let text = unsafe { CStr::from_ptr(val) };
    check_utf8(text, kp)?;
    // SAFETY: It has just been checked.
    let text = unsafe { str::from_utf8_unchecked(text.to_bytes()) };
    Ok(text.strip_suffix('\n').unwrap_or(text))
}
