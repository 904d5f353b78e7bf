// SPDX-License-Identifier: GPL-2.0-only
//! Firmware's objects as the bytes that Windows, and so firmware's authors, take them for.

use core::mem::MaybeUninit;
use core::slice;

use crate::acpi::AcpiValue;
use crate::error::Result;
use crate::error::code::{ENODATA, EPROTO};
use crate::uapi::Uapi;

/// Bytes that are put into a value of a known size, one after the other; those beyond it are counted only.
struct Bytes<'a> {
    to: &'a mut [u8],
    at: usize,
}

impl Bytes<'_> {
    /// The next byte is at a multiple of `of`.
    fn align(&mut self, of: usize) {
        self.at = self.at.saturating_add(of - 1) / of * of;
    }

    fn put(&mut self, bytes: &[u8]) {
        let to = self.to.get_mut(self.at..).unwrap_or_default();
        for (to, byte) in to.iter_mut().zip(bytes) {
            *to = *byte;
        }
        self.at = self.at.saturating_add(bytes.len());
    }

    /// An object, as the kernel's `wmi_unmarshal_acpi_object()` has it on new kernels.
    fn object(&mut self, value: AcpiValue<'_>) -> Result {
        match value {
            // It has 32 bits, whatever firmware's numbers have.
            AcpiValue::Integer(integer) => {
                self.align(4);
                self.put(&(integer as u32).to_le_bytes());
            }
            // Its length in bytes, and UTF-16 with a NUL.
            AcpiValue::String(text) => {
                let length = text.len().saturating_add(1).saturating_mul(2);
                self.align(2);
                self.put(&u16::try_from(length).map_err(|_| EPROTO)?.to_le_bytes());
                for byte in text {
                    self.put(&[*byte, 0]);
                }
                self.put(&[0, 0]);
            }
            AcpiValue::Buffer(bytes) => self.put(bytes),
            AcpiValue::Package(_) | AcpiValue::Other(_) => return Err(EPROTO),
        }
        Ok(())
    }
}

/// A value of the bytes of an object: of all of a package's elements, one after the other.
///
/// # Errors
///
/// `ENODATA` if there are fewer, `EPROTO` if something has none: a package in a package, a reference.
pub(super) fn read<T: Uapi>(value: AcpiValue<'_>) -> Result<T> {
    let mut read = MaybeUninit::<T>::zeroed();
    // SAFETY: They are the bytes of `read`, which are zeroed, and nobody else's while this is used.
    let to = unsafe { slice::from_raw_parts_mut(read.as_mut_ptr().cast::<u8>(), size_of::<T>()) };
    let mut bytes = Bytes { to, at: 0 };
    match value {
        AcpiValue::Package(package) => {
            for value in package.iter() {
                bytes.object(value)?;
            }
        }
        value => bytes.object(value)?,
    }
    if bytes.at < size_of::<T>() {
        return Err(ENODATA);
    }
    // SAFETY: All its bytes are there, and any bytes are a value of a `Uapi` type.
    Ok(unsafe { read.assume_init() })
}

/// The bytes of a value.
pub(super) fn bytes<T: Uapi>(value: &T) -> &[u8] {
    // SAFETY: A `Uapi` type has no padding, so that all its bytes are there, as long as it is borrowed.
    unsafe { slice::from_raw_parts((&raw const *value).cast::<u8>(), size_of::<T>()) }
}
