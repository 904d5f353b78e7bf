// SPDX-License-Identifier: GPL-2.0-only
//! `read` and `write`.

use core::ffi::c_char;

use kmod_bindings::{file, loff_t};

use super::{DeviceField, Table};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::file::FileOperations;
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
            unsafe { Self::with(file, |device, file| device.read(file, &mut to, pos)) }?;
            Ok(to.written())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { at_position(ppos, transfer) }
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
            unsafe { Self::with(file, |device, file| device.write(file, &mut from, pos)) }?;
            Ok(from.taken())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { at_position(ppos, transfer) }
    }
}

/// Runs a transfer at the position `*ppos`, and moves it by what was transferred. A stream has no
/// position, and `ppos` is `NULL`: it is always at its start.
///
/// # Safety
///
/// `ppos` is valid or `NULL`, and nobody else uses it.
pub(crate) unsafe fn at_position(
    ppos: *mut loff_t,
    transfer: impl FnOnce(u64) -> Result<usize>,
) -> isize {
    let mut start = 0;
    // SAFETY: As the caller promises.
    let ppos = unsafe { ppos.as_mut() }.unwrap_or(&mut start);
    let result = match u64::try_from(*ppos) {
        Ok(pos) => transfer(pos),
        Err(_) => Err(EINVAL),
    };
    match result {
        // The kernel has checked that position and length together fit, and a buffer is never
        // longer than MAX_RW_COUNT.
        Ok(n) => {
            *ppos = ppos.saturating_add_unsigned(n as u64);
            n.cast_signed()
        }
        Err(error) => error.to_errno() as isize,
    }
}
