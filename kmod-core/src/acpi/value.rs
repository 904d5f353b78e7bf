// SPDX-License-Identifier: GPL-2.0-only
//! What firmware returned.

use core::marker::PhantomData;
use core::ptr::NonNull;
use core::slice;

use kmod_bindings::{self as bindings, acpi_object};

use super::handle::{NOT_SO, NOTHING};
use crate::error::Result;

/// What an object was evaluated to.
///
/// # Invariants
///
/// It is the kernel's copy of what firmware returned: nobody else has it, all that it points to is freed
/// with it, and types and lengths in it are those of what is there.
pub struct AcpiObject(NonNull<acpi_object>);

// SAFETY: Nobody else has it (invariant).
unsafe impl Send for AcpiObject {}
// SAFETY: Nobody else has it (invariant), and its own functions only read it.
unsafe impl Sync for AcpiObject {}

impl AcpiObject {
    /// What the kernel returned.
    ///
    /// # Safety
    ///
    /// `acpi_evaluate_object()` has made it, and nobody else frees it.
    pub(crate) unsafe fn new(object: NonNull<acpi_object>) -> Self {
        // INVARIANT: The kernel has made it so.
        Self(object)
    }

    /// What it is.
    pub fn value(&self) -> AcpiValue<'_> {
        // SAFETY: It lives as long as `self` is borrowed (invariant).
        unsafe { AcpiValue::of(self.0.as_ptr()) }
    }
}

impl Drop for AcpiObject {
    fn drop(&mut self) {
        // SAFETY: It is freed once (invariant).
        unsafe { bindings::kmod_acpi_free(self.0.as_ptr()) };
    }
}

/// A value of firmware's, of whatever type it happens to be.
#[derive(Clone, Copy)]
pub enum AcpiValue<'a> {
    /// A number.
    Integer(u64),
    /// A string: any bytes, without the NUL at its end.
    String(&'a [u8]),
    /// Bytes.
    Buffer(&'a [u8]),
    /// Some values.
    Package(AcpiPackage<'a>),
    /// What drivers do not look into: a reference, say, or nothing. It is ACPI's number of the type.
    Other(u32),
}

impl<'a> AcpiValue<'a> {
    /// An object of the kernel's.
    ///
    /// # Safety
    ///
    /// It is, or is in, an [`AcpiObject`] that lives for `'a`, or is such a copy of somebody else's.
    pub(crate) unsafe fn of(object: *const acpi_object) -> Self {
        let mut value = NOTHING;
        // SAFETY: The object lives (this function's contract).
        unsafe { bindings::kmod_acpi_read(object, &raw mut value) };
        // SAFETY: As many bytes are there (`AcpiObject`'s invariant), and live for `'a`.
        let bytes = || unsafe { bytes(value.start.cast(), value.length) };
        match value.type_ {
            bindings::KMOD_ACPI_INTEGER => Self::Integer(value.integer),
            bindings::KMOD_ACPI_STRING => Self::String(bytes()),
            bindings::KMOD_ACPI_BUFFER => Self::Buffer(bytes()),
            // INVARIANT: It has as many elements (`AcpiObject`'s invariant).
            bindings::KMOD_ACPI_PACKAGE => Self::Package(AcpiPackage {
                object,
                length: value.length,
                lives: PhantomData,
            }),
            other => Self::Other(other),
        }
    }

    /// The number that it is.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it is none.
    pub fn integer(self) -> Result<u64> {
        match self {
            Self::Integer(integer) => Ok(integer),
            _ => Err(NOT_SO),
        }
    }

    /// The text that it is.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it is no string, or none of UTF-8.
    pub fn text(self) -> Result<&'a str> {
        match self {
            Self::String(bytes) => str::from_utf8(bytes).map_err(|_| NOT_SO),
            _ => Err(NOT_SO),
        }
    }

    /// The bytes of the buffer that it is.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it is none.
    pub fn bytes(self) -> Result<&'a [u8]> {
        match self {
            Self::Buffer(bytes) => Ok(bytes),
            _ => Err(NOT_SO),
        }
    }

    /// The first bytes of the buffer that it is.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it is none, or has fewer.
    pub fn first_bytes<const N: usize>(self) -> Result<&'a [u8; N]> {
        self.bytes()?.first_chunk().ok_or(NOT_SO)
    }

    /// The package that it is.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it is none.
    pub fn package(self) -> Result<AcpiPackage<'a>> {
        match self {
            Self::Package(package) => Ok(package),
            _ => Err(NOT_SO),
        }
    }
}

/// Bytes of the kernel's, which may be none at no place.
///
/// # Safety
///
/// As many are there, and live for `'a`.
unsafe fn bytes<'a>(start: *const u8, length: u32) -> &'a [u8] {
    let length = length as usize;
    if start.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: As many are there, and live for `'a` (this function's contract); nobody writes to them.
    unsafe { slice::from_raw_parts(start, length) }
}

/// Values of firmware's, which may be packages, too.
///
/// # Invariants
///
/// `object` is a package of `length` elements, in an [`AcpiObject`] that lives for `'a`.
#[derive(Clone, Copy)]
pub struct AcpiPackage<'a> {
    object: *const acpi_object,
    length: u32,
    lives: PhantomData<&'a AcpiObject>,
}

impl<'a> AcpiPackage<'a> {
    /// How many values it has.
    pub fn len(self) -> usize {
        self.length as usize
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// One of its values.
    ///
    /// # Errors
    ///
    /// `EPROTO` if it has fewer.
    pub fn get(self, index: usize) -> Result<AcpiValue<'a>> {
        let index = u32::try_from(index).map_err(|_| NOT_SO)?;
        if index >= self.length {
            return Err(NOT_SO);
        }
        // SAFETY: It is a package with more elements (invariant).
        let element = unsafe { bindings::kmod_acpi_element(self.object, index) };
        // SAFETY: It is in the same `AcpiObject` (invariant).
        Ok(unsafe { AcpiValue::of(element) })
    }

    /// All of its values.
    pub fn iter(self) -> impl Iterator<Item = AcpiValue<'a>> {
        (0..self.len()).filter_map(move |index| self.get(index).ok())
    }
}
