// SPDX-License-Identifier: GPL-2.0-only
//! The configuration space of a device.

use core::ffi::c_uint;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, pci_dev};

use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// Sealed.
mod sealed {
    pub trait Sealed {}
}

/// What the configuration space is read and written by: `u8`, `u16` and `u32`.
pub trait ConfigWord: Copy + sealed::Sealed {
    #[doc(hidden)]
    const BYTES: u16;

    #[doc(hidden)]
    fn from_u32(value: u32) -> Self;

    #[doc(hidden)]
    fn into_u32(self) -> u32;
}

macro_rules! words {
    ($($word:ident: $bytes:literal)*) => {$(
        impl sealed::Sealed for $word {}

        impl ConfigWord for $word {
            const BYTES: u16 = $bytes;

            fn from_u32(value: u32) -> Self {
                // The kernel gives no more bits than were asked for.
                value as $word
            }

            fn into_u32(self) -> u32 {
                self.into()
            }
        }
    )*};
}

words! { u8: 1 u16: 2 u32: 4 }

/// Whether a word lies in a space of so many bytes.
fn is_inside(at: u16, bytes: u16, size: i32) -> bool {
    at.is_multiple_of(bytes) && i32::from(at) + i32::from(bytes) <= size
}

/// Whether the kernel can be asked for a word.
///
/// # Safety
///
/// The device lives.
unsafe fn check<T: ConfigWord>(device: NonNull<pci_dev>, at: u16) -> Result {
    // SAFETY: The device lives (this function's contract).
    let size = unsafe { bindings::kmod_pci_config_size(device.as_ptr()) };
    if is_inside(at, T::BYTES, size) {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

/// Reads a word.
///
/// # Safety
///
/// The device lives.
pub(super) unsafe fn read<T: ConfigWord>(device: NonNull<pci_dev>, at: u16) -> Result<T> {
    // SAFETY: The device lives (this function's contract).
    unsafe { check::<T>(device, at) }?;
    let (at, bytes) = (c_uint::from(at), c_uint::from(T::BYTES));
    let mut value = 0;
    // SAFETY: The device lives (this function's contract), and the word is in its space.
    let read =
        unsafe { bindings::kmod_pci_config_read(device.as_ptr(), at, bytes, &raw mut value) };
    to_result(read)?;
    Ok(T::from_u32(value))
}

/// Writes a word, where drivers may.
///
/// # Safety
///
/// The device lives.
pub(super) unsafe fn write<T: ConfigWord>(device: NonNull<pci_dev>, at: u16, value: T) -> Result {
    // SAFETY: The device lives (this function's contract).
    unsafe { check::<T>(device, at) }?;
    let (at, bytes) = (c_uint::from(at), c_uint::from(T::BYTES));
    // SAFETY: The device lives (this function's contract), and the word is in its space.
    let written =
        unsafe { bindings::kmod_pci_config_write(device.as_ptr(), at, bytes, value.into_u32()) };
    to_result(written)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_aligned_and_inside() {
        assert!(is_inside(0, 4, 256) && is_inside(252, 4, 256) && is_inside(255, 1, 256));
        assert!(!is_inside(256, 1, 256) && !is_inside(254, 4, 256) && !is_inside(2, 4, 256));
        assert!(!is_inside(u16::MAX, 1, 4096) && !is_inside(0, 1, 0));
    }
}
