// SPDX-License-Identifier: GPL-2.0-only
//! Evaluating firmware's objects.

use core::ffi::{CStr, c_void};
use core::mem;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, acpi_object, device, kmod_acpi_value};

use super::AcpiObject;
use crate::bus::{Handle, Pointer};
use crate::error::code::{EINVAL, ENODATA, EPROTO};
use crate::error::{Result, to_result};

/// How many arguments a method takes.
pub const ARGUMENTS_MAX: usize = 7;

/// What is given to a method.
#[derive(Clone, Copy, Debug)]
pub enum AcpiArgument<'a> {
    /// A number.
    Integer(u64),
    /// A string.
    String(&'a CStr),
    /// Bytes.
    Buffer(&'a [u8]),
}

impl AcpiArgument<'_> {
    /// As C has it.
    fn to_c(self) -> Result<kmod_acpi_value> {
        let mut value = NOTHING;
        match self {
            Self::Integer(integer) => {
                value.type_ = bindings::KMOD_ACPI_INTEGER;
                value.integer = integer;
            }
            Self::String(text) => {
                value.type_ = bindings::KMOD_ACPI_STRING;
                value.length = text.to_bytes().len().try_into()?;
                value.start = text.as_ptr().cast();
            }
            Self::Buffer(bytes) => {
                value.type_ = bindings::KMOD_ACPI_BUFFER;
                value.length = bytes.len().try_into()?;
                value.start = bytes.as_ptr().cast();
            }
        }
        Ok(value)
    }
}

/// What is overwritten.
// SAFETY: It is made of integers and a pointer that may be null.
pub(super) const NOTHING: kmod_acpi_value = unsafe { mem::zeroed() };

/// A device as firmware has it, by which its methods and objects are evaluated: a field under
/// [`#[bus]`](macro@crate::bus) of a device of any bus of which firmware tells. `probe` has it, too:
/// [`AcpiDevice`](super::AcpiDevice).
///
/// Names are as in C: `c"_STA"` is searched for at the device, `c"\\_SB.PCI0.FAN"` is absolute. Each
/// call may sleep; firmware that loops is given up by the kernel after half a minute.
///
/// # Errors
///
/// Of all calls: `ENOENT` if there is no such object (or one that the method wants is not there),
/// `EINVAL` if the name is none or there are more than [`ARGUMENTS_MAX`] arguments, `EPROTO` if something has
/// another type than it should, `EOPNOTSUPP`, `ETIMEDOUT` if firmware never ends, `ENOMEM`; `EIO` for all
/// else that is wrong with firmware, and `ENODEV` if the device is not bound.
pub struct AcpiHandle(Pointer<c_void>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for AcpiHandle {
    fn closed() -> Self {
        Self::new()
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let handle = unsafe { bindings::kmod_acpi_handle(device.as_ptr()) };
        // SAFETY: The device refers to what firmware tells of it, as long as it lives.
        unsafe { self.0.set(handle) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for AcpiHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl AcpiHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// Whether there is a method of this name.
    pub fn has(&self, name: &CStr) -> bool {
        // SAFETY: The handle is a device's that lives during this call (`Pointer`'s invariant).
        self.0
            .get()
            .is_ok_and(|handle| unsafe { bindings::kmod_acpi_has(handle, name.as_ptr()) })
    }

    /// Evaluates an object: calls a method, or reads a value.
    ///
    /// # Errors
    ///
    /// Those of [the type](AcpiHandle#errors); `ENODATA` if it returns nothing, which is
    /// rare: the kernel has a method without `Return` return the last value that it had, or 0.
    pub fn evaluate(&self, name: &CStr, arguments: &[AcpiArgument<'_>]) -> Result<AcpiObject> {
        let mut result = ptr::null_mut();
        self.evaluate_into(name, arguments, &raw mut result)?;
        let result = NonNull::new(result).ok_or(ENODATA)?;
        // SAFETY: The kernel has made it for the caller.
        Ok(unsafe { AcpiObject::new(result) })
    }

    /// Calls a method whose result nobody wants to know.
    ///
    /// # Errors
    ///
    /// Those of [the type](AcpiHandle#errors).
    pub fn call(&self, name: &CStr, arguments: &[AcpiArgument<'_>]) -> Result {
        self.evaluate_into(name, arguments, ptr::null_mut())
    }

    /// Evaluates an object that is a number.
    ///
    /// # Errors
    ///
    /// Those of [`evaluate`](Self::evaluate); `EPROTO` if it is something else.
    pub fn integer(&self, name: &CStr, arguments: &[AcpiArgument<'_>]) -> Result<u64> {
        self.evaluate(name, arguments)?.value().integer()
    }

    fn evaluate_into(
        &self,
        name: &CStr,
        arguments: &[AcpiArgument<'_>],
        result: *mut *mut acpi_object,
    ) -> Result {
        let mut values = [NOTHING; ARGUMENTS_MAX];
        if arguments.len() > values.len() {
            return Err(EINVAL);
        }
        for (value, argument) in values.iter_mut().zip(arguments) {
            *value = argument.to_c()?;
        }
        let (handle, count) = (self.0.get()?, arguments.len().try_into()?);
        // SAFETY: The handle is a device's that lives during this call (`Pointer`'s invariant); what the
        // arguments point to is borrowed as long, there are no more than a method has, and `result` is null,
        // or the caller's.
        let error = unsafe {
            bindings::kmod_acpi_evaluate(handle, name.as_ptr(), values.as_ptr(), count, result)
        };
        to_result(error).map(drop)
    }
}

/// What is asked of a value of another type, or beyond its end.
pub(super) const NOT_SO: crate::error::Error = EPROTO;

#[cfg(target_os = "none")]
const _: () = assert!(ARGUMENTS_MAX == bindings::KMOD_ACPI_ARGUMENTS as usize);
