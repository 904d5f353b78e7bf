// SPDX-License-Identifier: GPL-2.0-only
//! `read_iter` and `write_iter`.

use kmod_bindings::{self as bindings, iov_iter, kiocb};

use super::{Device, DeviceField, Table, at_position};
use crate::error::Result;
use crate::error::code::{EIO, EIOCBQUEUED};
use crate::file::{File, FileOperations};
use crate::uaccess::{UserReader, UserWriter};

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn read_iter(iocb: *mut kiocb, to: *mut iov_iter) -> isize {
        // SAFETY: The kernel gives a destination for the time of this call.
        let mut to = unsafe { UserWriter::over_iter(to) };
        let transfer = |device: &Device<F>, file: &File<'_, Device<F>>, pos| {
            device.read_iter(file, &mut to, pos)?;
            Ok(to.written())
        };
        // SAFETY: The kernel calls this with an `iocb` of a file of this device.
        unsafe { Self::transfer(iocb, transfer) }
    }

    pub(super) unsafe extern "C" fn write_iter(iocb: *mut kiocb, from: *mut iov_iter) -> isize {
        // SAFETY: The kernel gives a source for the time of this call.
        let mut from = unsafe { UserReader::over_iter(from) };
        let transfer = |device: &Device<F>, file: &File<'_, Device<F>>, pos| {
            device.write_iter(file, &mut from, pos)?;
            Ok(from.taken())
        };
        // SAFETY: The kernel calls this with an `iocb` of a file of this device.
        unsafe { Self::transfer(iocb, transfer) }
    }

    /// Runs a transfer at the position of `iocb`, and moves it by what was transferred.
    ///
    /// # Safety
    ///
    /// The kernel gave `iocb` to a function of this table.
    unsafe fn transfer(
        iocb: *mut kiocb,
        handler: impl FnOnce(&Device<F>, &File<'_, Device<F>>, u64) -> Result<usize>,
    ) -> isize {
        // SAFETY: The `iocb` lives for the call.
        let file = unsafe { (*iocb).ki_filp };
        // SAFETY: The `iocb` lives for the call, and its flags are set before.
        let flags = unsafe { (*iocb).ki_flags };
        // SAFETY: The `iocb` lives for the call, and nobody else uses the position meanwhile.
        let ppos = unsafe { &mut (*iocb).ki_pos };
        let transfer = |pos| {
            let handler = |device: &Device<F>, file: &File<'_, Device<F>>| {
                // The kernel waits for ever, or stops, if nothing was queued.
                handler(device, file, pos).map_err(|error| match error {
                    EIOCBQUEUED => EIO,
                    error => error,
                })
            };
            // SAFETY: The file is the call's.
            unsafe { Self::with_nowait(file, flags & bindings::KMOD_IOCB_NOWAIT != 0, handler) }
                .flatten()
        };
        at_position(ppos, transfer)
    }
}
