// SPDX-License-Identifier: GPL-2.0-only
//! `llseek`.

use core::ffi::c_int;

use kmod_bindings::{self as bindings, file, loff_t};

use super::{Device, DeviceField, Table};
use crate::error::Error;
use crate::error::code::EOVERFLOW;
use crate::file::{File, FileOperations, LlseekAs, SeekFrom};

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn llseek(
        file: *mut file,
        offset: loff_t,
        whence: c_int,
    ) -> loff_t {
        let to = match SeekFrom::from_raw(offset, whence) {
            Ok(to) => to,
            Err(error) => return error.to_errno().into(),
        };
        let seek = |device: &Device<F>, file: &File<'_, Device<F>>| {
            let pos = device.llseek(file, to)?;
            let pos = loff_t::try_from(pos).map_err(|_| EOVERFLOW)?;
            file.set_pos(pos);
            Ok(pos)
        };
        // SAFETY: The kernel calls this with a file of this device.
        unsafe { Self::with(file, seek) }
            .flatten()
            .unwrap_or_else(|error: Error| error.to_errno().into())
    }

    pub(super) unsafe extern "C" fn fixed_size_llseek(
        file: *mut file,
        offset: loff_t,
        whence: c_int,
    ) -> loff_t {
        let size = match F::Type::HANDLERS.llseek_as {
            LlseekAs::FixedSize(size) => size,
            _ => 0,
        };
        let size = loff_t::try_from(size).unwrap_or(loff_t::MAX);
        // SAFETY: The kernel calls this with a file.
        unsafe { bindings::fixed_size_llseek(file, offset, whence, size) }
    }
}
