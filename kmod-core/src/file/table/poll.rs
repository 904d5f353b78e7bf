// SPDX-License-Identifier: GPL-2.0-only
//! `poll(2)`, `select(2)`, `epoll(7)`.

use kmod_bindings::{__poll_t, file, poll_table_struct};

use super::{DeviceField, Table};
use crate::file::{FileOperations, PollTable};

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn poll(
        file: *mut file,
        table: *mut poll_table_struct,
    ) -> __poll_t {
        // SAFETY: The kernel gives file and table for the time of this call. Module and device are
        // in the module's slot as long as the file holds the module; the state goes when `release`
        // has called the handler.
        let mut table = unsafe { PollTable::new(file, table) };
        // SAFETY: The kernel calls this with a file of this device.
        unsafe { Self::with(file, |device, file| device.poll(file, &mut table)) }.bits()
    }
}
