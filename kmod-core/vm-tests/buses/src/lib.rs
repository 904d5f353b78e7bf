// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for devices on buses that the plain kernels have: I2C. The chips are simulated by an adapter of
//! the twins'.
#![no_std]
#![forbid(unsafe_code)]

mod elsewhere;
mod i2c;

use kmod_core::prelude::*;

use i2c::Model;

/// Drives what is on buses
#[kernel_module(
    name = "vm_buses",
    license = "GPL",
    params(
        /// The errno of the next `probe`, or 0
        #[param(perm = 0o644)]
        fail: u32 = 0,
    ),
)]
#[derive(Default)]
struct Buses {
    #[i2c_driver(
        name = "vm_buses_i2c",
        ids = ["vm-chip" => Model::Small, "vm-chip-2" => Model::Large],
    )]
    i2c: i2c::Driver,
    #[platform_driver(name = "vm_buses_elsewhere", devices = 1)]
    elsewhere: elsewhere::Driver,
    /// No attribute: nobody opens it.
    inert: I2cClient,
    /// What was read of a chip by `remove`, by `Drop`, and by whom no device knows; how many have gone.
    #[misc(mode = 0o444)]
    vm_buses_last: Last,
}

/// What was read of the last device to go, or the errno.
static REMOVED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

/// A number for what was read, or was not.
fn told(read: Result<u8>) -> u32 {
    match read {
        Ok(value) => value.into(),
        Err(error) => error.to_errno().unsigned_abs() << 8,
    }
}

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Buses;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let inert = told(file.module().inert.read_byte_data(1));
        let [removed, dropped, gone] =
            [&REMOVED, &DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{removed:x} {dropped:x} {inert:x} {gone:x}")
    }
}
