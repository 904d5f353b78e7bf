// SPDX-License-Identifier: GPL-2.0-only
//! `mmap(2)`.

use core::ffi::c_int;

use kmod_bindings::{file, vm_area_struct};

use super::{DeviceField, Table};
use crate::file::FileOperations;
use crate::mm::VmArea;

impl<F: DeviceField> Table<F> {
    pub(super) unsafe extern "C" fn mmap(file: *mut file, vma: *mut vm_area_struct) -> c_int {
        // SAFETY: The kernel gives the area for the time of this call.
        let mut vma = unsafe { VmArea::new(vma) };
        // SAFETY: The kernel calls this with a file of this device.
        match unsafe { Self::with(file, |device, file| device.mmap(file, &mut vma)) }.flatten() {
            Ok(()) => 0,
            Err(error) => {
                vma.undo();
                error.to_errno()
            }
        }
    }
}
