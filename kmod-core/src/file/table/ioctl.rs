// SPDX-License-Identifier: GPL-2.0-only
//! `unlocked_ioctl`; `compat_ioctl` is the kernel's own `compat_ptr_ioctl()`, which calls it: a
//! type that is `Uapi` is the same to a 32-bit program.

use core::ffi::{c_long, c_uint, c_ulong};

use kmod_bindings::file;

use super::{DeviceField, Table};
use crate::error::Error;
use crate::file::FileOperations;
use crate::ioctl::{Call, Ioctl};

type Ioctls<F> = <<F as crate::instance::Field>::Type as FileOperations>::Ioctl;

impl<F: DeviceField> Table<F> {
    /// Whether the device has commands.
    pub(super) const HAS_IOCTLS: bool = <Ioctls<F> as Ioctl<F::Type>>::PRESENT;

    pub(super) unsafe extern "C" fn unlocked_ioctl(
        file: *mut file,
        cmd: c_uint,
        arg: c_ulong,
    ) -> c_long {
        // SAFETY: The kernel gives what the running process gave to its system call.
        let call = unsafe { Call::new(cmd, arg) };
        // SAFETY: The kernel calls this with a file of this device.
        let result =
            unsafe { Self::with(file, |device, file| Ioctls::<F>::call(device, file, call)) };
        result
            .flatten()
            .unwrap_or_else(|error: Error| error.to_errno().into())
    }
}
