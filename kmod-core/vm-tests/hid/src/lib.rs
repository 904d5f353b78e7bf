// SPDX-License-Identifier: GPL-2.0-only
//! HID drivers, for devices that the tests make by `uhid`.
#![no_std]
#![forbid(unsafe_code)]

mod always;
mod keys;

use kmod_core::prelude::*;

use keys::Model;

/// Drives devices of user space
#[kernel_module(
    name = "vm_hid",
    license = "GPL",
    params(
        /// The errno of the next `probe`, or 0
        #[param(perm = 0o644)]
        fail: u32 = 0,
        /// What becomes of the descriptor
        #[param(perm = 0o644)]
        fixup: u32 = 0,
    ),
)]
#[derive(Default)]
struct Devices {
    #[hid_driver(
        name = "vm_hid",
        ids = [
            (BUS_VIRTUAL, 0x1234, 1) => Model::Small,
            (BUS_VIRTUAL, 0x1234, 2) => Model::Large,
            (_, 0x1234, 2) => Model::Small,
            (3, 0x1235, _) => Model::Large,
        ],
    )]
    keys: keys::Driver,
    #[hid_driver(name = "vm_hid_always", ids = [(BUS_VIRTUAL, 0x1236, 1)], connect(driver), open = true)]
    always: always::Driver,
    /// No attribute: nobody opens it.
    inert: HidHandle,
    /// What was asked by `remove`, by `Drop`, and by whom no device knows; how many have gone.
    #[misc(mode = 0o444)]
    vm_hid_last: Last,
}

/// What a device answered to the last requests, or the errno.
static REMOVED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

/// A byte of the settings, or the errno.
fn settings(hid: &HidHandle) -> u32 {
    let mut settings = [0; 4];
    match hid.get_report(HidReportKind::Feature, 2, &mut settings) {
        Ok([_, first, ..]) => (*first).into(),
        Ok(_) => u32::MAX,
        Err(error) => error.to_errno().unsigned_abs() << 8,
    }
}

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Devices;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let inert = settings(&file.module().inert);
        let [removed, dropped, gone] =
            [&REMOVED, &DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{removed:x} {dropped:x} {inert:x} {gone:x}")
    }
}
