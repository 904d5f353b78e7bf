// SPDX-License-Identifier: GPL-2.0-only
//! Checksums that find faults of chance, not of malice: `<linux/crc32.h>` and `<linux/crc-ccitt.h>`, for modules
//! of all licences and in any context.
//!
//! As in C, nothing is inverted, and `crc` is what came out of the part before. The CRC-32 that files and
//! Ethernet have begins with ones, and is inverted at the end:
//!
//! ```no_run
//! use kmod_core::crc::crc32;
//!
//! let first = crc32(!0, b"1234");
//! assert_eq!(!crc32(first, b"56789"), 0xcbf4_3926);
//! ```

use kmod_bindings as bindings;

/// CRC-32, the lowest bit first: `crc32_le()`.
#[must_use]
pub fn crc32(crc: u32, data: &[u8]) -> u32 {
    // SAFETY: `data` is readable.
    unsafe { bindings::kmod_crc32(crc, data.as_ptr(), data.len()) }
}

/// CRC-32, the highest bit first: `crc32_be()`.
#[must_use]
pub fn crc32_be(crc: u32, data: &[u8]) -> u32 {
    // SAFETY: `data` is readable.
    unsafe { bindings::kmod_crc32_be(crc, data.as_ptr(), data.len()) }
}

/// CRC-32C (Castagnoli), the lowest bit first: `crc32c()`.
#[must_use]
pub fn crc32c(crc: u32, data: &[u8]) -> u32 {
    // SAFETY: `data` is readable.
    unsafe { bindings::kmod_crc32c(crc, data.as_ptr(), data.len()) }
}

/// CRC-16 of CCITT, the lowest bit first: `crc_ccitt()`.
#[must_use]
pub fn crc_ccitt(crc: u16, data: &[u8]) -> u16 {
    // SAFETY: `data` is readable.
    unsafe { bindings::kmod_crc_ccitt(crc, data.as_ptr(), data.len()) }
}
