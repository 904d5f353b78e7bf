// SPDX-License-Identifier: GPL-2.0-only
//! `read` and `write`.

use core::ffi::c_char;

use kmod_bindings::{file, loff_t};

use super::{DeviceField, Table};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::file::{FileOperations, OpenAs};
use crate::uaccess::{UserReader, UserWriter};

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn read(
        file: *mut file,
        buf: *mut c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut to = unsafe { UserWriter::new(buf.cast(), len) };
        let transfer = |pos| {
            // SAFETY: The kernel calls this with a file of this device.
            unsafe { Self::with(file, |device, file| device.read(file, &mut to, pos)) }
                .flatten()?;
            Ok(to.written())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { Self::at_position(ppos, transfer) }
    }

    pub(super) unsafe extern "C" fn write(
        file: *mut file,
        buf: *const c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut from = unsafe { UserReader::new(buf.cast(), len) };
        let transfer = |pos| {
            // SAFETY: The kernel calls this with a file of this device.
            unsafe { Self::with(file, |device, file| device.write(file, &mut from, pos)) }
                .flatten()?;
            Ok(from.taken())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { Self::at_position(ppos, transfer) }
    }

    /// Runs a transfer at the position `*ppos`, and moves it by what was transferred. A stream has
    /// no position: it is always at its start.
    ///
    /// # Safety
    ///
    /// The kernel gave `ppos` to a function of this table.
    unsafe fn at_position(ppos: *mut loff_t, transfer: impl FnOnce(u64) -> Result<usize>) -> isize {
        if matches!(F::Type::HANDLERS.open_as, OpenAs::Stream) {
            return at_position(&mut 0, transfer);
        }
        // SAFETY: It is `NULL` for files with FMODE_STREAM only, which `stream_open()` sets;
        // otherwise it is the call's own.
        at_position(unsafe { &mut *ppos }, transfer)
    }
}

/// Runs a transfer at a position, and moves that by what was transferred.
pub(crate) fn at_position(ppos: &mut loff_t, transfer: impl FnOnce(u64) -> Result<usize>) -> isize {
    let start = *ppos;
    let result = match u64::try_from(start) {
        Ok(pos) => transfer(pos),
        Err(_) => Err(EINVAL),
    };
    match result {
        // The kernel has checked that position and length together fit, and a buffer is never
        // longer than MAX_RW_COUNT.
        Ok(n) => {
            *ppos = start.wrapping_add_unsigned(n as u64);
            n.cast_signed()
        }
        Err(error) => error.to_errno() as isize,
    }
}
