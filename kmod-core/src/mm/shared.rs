// SPDX-License-Identifier: GPL-2.0-only
//! Memory that is somebody else's, too.

use core::ffi::c_void;

use crate::error::Result;

/// Memory that user space or a device uses at the same time, so that it is copied, and never referred to: a
/// [`VmallocBuffer`](super::VmallocBuffer), a [`DmaBuf`](crate::dma::DmaBuf).
///
/// # Safety
///
/// What [`part`](SharedMemory::part) gives may be read and written by C's functions as long as the value is borrowed.
pub unsafe trait SharedMemory {
    /// How many bytes it has.
    fn size(&self) -> usize;

    /// Where `len` bytes from `offset` on are.
    ///
    /// # Errors
    ///
    /// `EINVAL` if they are not within it, `ENODEV` if it is not allocated.
    #[doc(hidden)]
    fn part(&self, offset: usize, len: usize) -> Result<*mut c_void>;
}
