// SPDX-License-Identifier: GPL-2.0-only
//! `fasync` and `show_fdinfo`.

use core::ffi::c_int;

use kmod_bindings::{file, seq_file};

use super::{DeviceField, Table};
use crate::file::FileOperations;
use crate::seq_file::SeqFile;

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn fasync(fd: c_int, file: *mut file, on: c_int) -> c_int {
        // SAFETY: The kernel calls this with a file of this device, whose `open` has made the
        // membership, since there is this handler.
        let membership = unsafe { Self::membership(file) };
        let list = (on != 0).then(|| {
            // SAFETY: The kernel calls this with a file of this device. Instance, module and state, one
            // of which has the list, are there until `release` has been called.
            unsafe { Self::with(file, |device, file| device.fasync(file)) }
        });
        match list.transpose() {
            // SAFETY: The file is the call's, and the membership is the file's.
            Ok(list) => unsafe { membership.set(fd, file, list) },
            Err(error) => error.to_errno(),
        }
    }

    pub(super) unsafe extern "C" fn show_fdinfo(to: *mut seq_file, file: *mut file) {
        // SAFETY: The kernel gives the file of its running `show` function.
        let mut to = unsafe { SeqFile::new(to) };
        // SAFETY: The kernel calls this with a file of this device.
        let _ = unsafe { Self::with(file, |device, file| device.show_fdinfo(file, &mut to)) };
    }
}
