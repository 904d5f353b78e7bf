// SPDX-License-Identifier: GPL-2.0-only
//! `fsync` and `flush`.

use core::ffi::c_int;

use kmod_bindings::{file, fl_owner_t, loff_t};

use super::{Device, DeviceField, Table};
use crate::error::Result;
use crate::file::{File, FileOperations};

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn fsync(
        file: *mut file,
        start: loff_t,
        end: loff_t,
        datasync: c_int,
    ) -> c_int {
        // No position is negative.
        let [start, end] = [start, end].map(|pos| pos.max(0).cast_unsigned());
        let fsync = |device: &Device<F>, file: &File<'_, Device<F>>| {
            device.fsync(file, start..=end, datasync != 0)
        };
        // SAFETY: The kernel calls this with a file of this device.
        errno(unsafe { Self::with(file, fsync) }.flatten())
    }

    pub(super) unsafe extern "C" fn flush(file: *mut file, _owner: fl_owner_t) -> c_int {
        // SAFETY: The kernel calls this with a file of this device.
        errno(unsafe { Self::with(file, |device, file| device.flush(file)) }.flatten())
    }
}

/// 0, or the errno.
fn errno(result: Result) -> c_int {
    result.map_or_else(|error| error.to_errno(), |()| 0)
}
