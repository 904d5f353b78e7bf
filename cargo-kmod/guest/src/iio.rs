// SPDX-License-Identifier: GPL-2.0-only
//! What devices with channels tell of.

use std::fs::File;
use std::io;
use std::os::fd::FromRawFd;

use crate::guest;
use crate::ioctl::IoctlMemory;

/// `IIO_GET_EVENT_FD_IOCTL`
const GET_EVENT_FD: u32 = 0x8004_6990;

/// The file from which the events of a device are read, of which this is the node, `/dev/iio:deviceN`: 16 bytes for
/// each, its code and its time.
///
/// # Errors
/// What `ioctl(2)` gives: EBUSY when somebody has that file, ENODEV when the device is gone or has no events.
pub fn iio_events(node: &File) -> io::Result<File> {
    guest::require();
    let memory = IoctlMemory::new(&[0; 4])?;
    memory.ioctl(node, GET_EVENT_FD)?;
    let mut number = [0; 4];
    number.copy_from_slice(&memory.bytes());
    // SAFETY: the kernel has opened it for this call, and nobody else knows of it.
    Ok(unsafe { File::from_raw_fd(i32::from_ne_bytes(number)) })
}
