// SPDX-License-Identifier: GPL-2.0-only
//! What a block is asked, and what it answers.

use core::ffi::{CStr, c_char};
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, acpi_object, device, wmi_device};

use super::data;
use crate::acpi::AcpiObject;
use crate::bus::{Handle, Pointer};
use crate::error::code::{ENODATA, ENODEV};
use crate::error::{Result, to_result};
use crate::uapi::Uapi;

/// How many bytes a GUID has as a string, with a NUL.
const GUID_SIZE: usize = 37;

/// Where a block is: its device, or null and its GUID.
pub struct Place {
    device: *mut wmi_device,
    guid: *const c_char,
}

mod sealed {
    use super::Place;
    use crate::error::Result;

    /// Where it is.
    ///
    /// # Safety
    ///
    /// The device lives as long as the caller, or is null; the GUID is one then, a string that stays.
    pub unsafe trait Placed {
        /// Where it is.
        ///
        /// # Errors
        ///
        /// `ENODEV` if it is not there.
        fn place(&self) -> Result<Place>;
    }
}

/// A block of firmware's: its methods, or its data.
///
/// An instance is one of several of the same block, from 0 on. Each call may sleep.
///
/// # Errors
///
/// Of all calls: `ENODEV` if there is no such block, or its device is not bound; `ENOENT` if firmware lacks the
/// method, `EINVAL` if there is no such instance, `ENODATA` if there are fewer bytes than wanted, `EPROTO` if something
/// has another type than it should, `ETIMEDOUT` if firmware never ends, `ENOMEM`; `EIO` if the block is none of this kind, and for all else
/// that is wrong with firmware.
pub trait WmiBlock: sealed::Placed {
    /// Calls a method: `WMxx` of firmware.
    ///
    /// # Errors
    ///
    /// Those of [the trait](WmiBlock#errors); `ENODATA` if nothing is returned.
    fn evaluate(&self, instance: u8, method: u32, input: &[u8]) -> Result<AcpiObject> {
        let mut result = ptr::null_mut();
        invoke(self.place()?, instance, method, input, &raw mut result)?;
        taken(result)
    }

    /// Calls a method, and takes as many bytes of its answer as the type has.
    ///
    /// # Errors
    ///
    /// Those of [`evaluate`](Self::evaluate).
    fn method<I: Uapi, O: Uapi>(&self, instance: u8, method: u32, input: &I) -> Result<O> {
        let answer = self.evaluate(instance, method, data::bytes(input))?;
        data::read(answer.value())
    }

    /// Calls a method whose answer nobody wants to know.
    ///
    /// # Errors
    ///
    /// Those of [the trait](WmiBlock#errors).
    fn procedure<I: Uapi>(&self, instance: u8, method: u32, input: &I) -> Result {
        let none = ptr::null_mut();
        invoke(self.place()?, instance, method, data::bytes(input), none)
    }

    /// Reads data: `WQxx` of firmware. For a bound device the kernel says `EIO` whatever is wrong.
    ///
    /// # Errors
    ///
    /// Those of [the trait](WmiBlock#errors).
    fn query_object(&self, instance: u8) -> Result<AcpiObject> {
        let Place { device, guid } = self.place()?;
        let mut result = ptr::null_mut();
        // SAFETY: The device or the GUID is there during this call (`Placed`'s contract), and the result is this
        // function's.
        to_result(unsafe { bindings::kmod_wmi_query(device, guid, instance, &raw mut result) })?;
        taken(result)
    }

    /// Reads data, as many bytes as the type has.
    ///
    /// # Errors
    ///
    /// Those of [the trait](WmiBlock#errors).
    fn query<O: Uapi>(&self, instance: u8) -> Result<O> {
        data::read(self.query_object(instance)?.value())
    }

    /// Writes data: `WSxx` of firmware.
    ///
    /// # Errors
    ///
    /// Those of [the trait](WmiBlock#errors).
    fn set<I: Uapi>(&self, instance: u8, data: &I) -> Result {
        let Place { device, guid } = self.place()?;
        let bytes = data::bytes(data);
        let (start, length) = (bytes.as_ptr().cast(), bytes.len().try_into()?);
        // SAFETY: The device or the GUID is there during this call (`Placed`'s contract), and the bytes are borrowed
        // as long.
        let error = unsafe { bindings::kmod_wmi_set(device, guid, instance, start, length) };
        to_result(error).map(drop)
    }
}

/// Calls a method of the block at `place`.
fn invoke(
    place: Place,
    instance: u8,
    method: u32,
    input: &[u8],
    result: *mut *mut acpi_object,
) -> Result {
    let Place { device, guid } = place;
    let (start, length) = (input.as_ptr().cast(), input.len().try_into()?);
    // SAFETY: The device or the GUID is there during this call (`Placed`'s contract), the bytes are borrowed as
    // long, and the result is null, or the caller's.
    let error = unsafe {
        bindings::kmod_wmi_evaluate(device, guid, instance, method, start, length, result)
    };
    to_result(error).map(drop)
}

/// What the kernel gave for a result.
fn taken(result: *mut acpi_object) -> Result<AcpiObject> {
    let result = NonNull::new(result).ok_or(ENODATA)?;
    // SAFETY: `acpi_evaluate_object()` has made it for the caller.
    Ok(unsafe { AcpiObject::new(result) })
}

/// A block that a driver is bound to: a field under [`#[bus]`](macro@crate::bus) of its device. `probe` has it,
/// too: [`WmiDevice`](super::WmiDevice). What it does is in [`WmiBlock`].
pub struct WmiHandle(Pointer<wmi_device>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for WmiHandle {
    fn closed() -> Self {
        Self::new()
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let wmi = unsafe { bindings::kmod_wmi_device(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(wmi) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for WmiHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl WmiHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }
}

// SAFETY: It is not null, and lives during the call in which this is asked (`Pointer`'s invariant).
unsafe impl sealed::Placed for WmiHandle {
    fn place(&self) -> Result<Place> {
        Ok(Place {
            device: self.0.get()?,
            guid: ptr::null(),
        })
    }
}

impl WmiBlock for WmiHandle {}

/// A block by its GUID, whoever its driver is: the first one, if firmware has several. What it does is in
/// [`WmiBlock`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WmiGuid([u8; GUID_SIZE]);

impl WmiGuid {
    /// The block of this GUID, written as sysfs has it: `8DC5C5D1-72B4-4B9F-8A0E-0C2E5D6F7A01`.
    ///
    /// # Panics
    ///
    /// If it is written otherwise; so put it into a `const`, where that is a compile error.
    pub const fn new(guid: &str) -> Self {
        let guid = guid.as_bytes();
        assert!(
            is_guid(guid),
            "a GUID is 32 hexadecimal digits, in capitals, with `-` after 8, 12, 16 and 20"
        );
        let mut own = [0; GUID_SIZE];
        let mut at = 0;
        while at < guid.len() {
            own[at] = guid[at];
            at += 1;
        }
        Self(own)
    }

    /// As C has it: with a NUL.
    pub(super) const fn bytes(&self) -> &[u8; GUID_SIZE] {
        &self.0
    }

    /// Whether firmware has such a block.
    pub fn is_there(&self) -> bool {
        // SAFETY: It is a string (`new`), and stays during the call.
        unsafe { bindings::kmod_wmi_has(self.0.as_ptr().cast()) }
    }
}

/// Whether this is a GUID as sysfs has it.
const fn is_guid(guid: &[u8]) -> bool {
    if guid.len() + 1 != GUID_SIZE {
        return false;
    }
    let mut at = 0;
    while at < guid.len() {
        let fits = match at {
            8 | 13 | 18 | 23 => guid[at] == b'-',
            _ => matches!(guid[at], b'0'..=b'9' | b'A'..=b'F'),
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    true
}

// SAFETY: The GUID is one (`new`), a string, and is borrowed as long as the caller runs.
unsafe impl sealed::Placed for WmiGuid {
    fn place(&self) -> Result<Place> {
        if !self.is_there() {
            return Err(ENODEV);
        }
        Ok(Place {
            device: ptr::null_mut(),
            guid: self.0.as_ptr().cast(),
        })
    }
}

impl WmiBlock for WmiGuid {}

impl core::fmt::Display for WmiGuid {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let text = CStr::from_bytes_until_nul(&self.0).unwrap_or_default();
        f.write_str(text.to_str().unwrap_or_default())
    }
}
