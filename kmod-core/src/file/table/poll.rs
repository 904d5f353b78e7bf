// SPDX-License-Identifier: GPL-2.0-only
//! `poll(2)`, `select(2)`, `epoll(7)`.

use kmod_bindings::{__poll_t, file, poll_table_struct};

use super::{DeviceField, Table};
use crate::file::{FileOperations, PollEvents, PollTable};
use crate::instance::Place;

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn poll(
        file: *mut file,
        table: *mut poll_table_struct,
    ) -> __poll_t {
        // SAFETY: The kernel gives file and table for the time of this call. The file holds the instance,
        // and so module and device; its state goes when `release` has called the handler.
        let mut table = unsafe { PollTable::new(file, table) };
        // SAFETY: The kernel calls this with a file of this device.
        unsafe { Self::opened::<()>(file) }.place.poll(&mut table);
        // SAFETY: The kernel calls this with a file of this device, and not for its opening.
        unsafe { Self::with(file, |device, file| device.poll(file, &mut table)) }
            .unwrap_or(PollEvents::HUP | PollEvents::ERR)
            .bits()
    }
}
