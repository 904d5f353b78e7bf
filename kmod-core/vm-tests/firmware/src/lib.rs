// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for what firmware tells of: ACPI's devices, methods and notifications.
#![no_std]
#![forbid(unsafe_code)]

mod acpi;
mod dump;
mod machine;
mod typed;

use kmod_core::prelude::*;

/// Asks firmware
#[kernel_module(name = "vm_firmware", license = "GPL")]
#[derive(Default)]
struct Firmware {
    #[acpi_driver(
        name = "vm_firmware_acpi",
        ids = ["KMOD0001" => "first", "KMOD0002" => "second"],
    )]
    acpi: acpi::Driver,
    #[platform_driver(name = "vm_firmware_none", devices = 1)]
    none: acpi::Without,
    /// How many devices have gone, and what the last one's `Drop` had of firmware.
    #[misc(mode = 0o444)]
    vm_firmware_last: Last,
    /// What the firmware tells of the machine.
    #[misc(mode = 0o444)]
    vm_firmware_machine: machine::Machine,
}

/// How many devices have gone.
static GONE: AtomicU32 = AtomicU32::new(0);
/// What `Drop` of the last one had: an errno.
static DROPPED: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Firmware;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let [gone, dropped] = [&GONE, &DROPPED].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{gone} {dropped}")
    }
}
