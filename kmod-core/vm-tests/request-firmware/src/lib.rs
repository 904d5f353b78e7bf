// SPDX-License-Identifier: GPL-2.0-only
//! Asks for firmware: who writes to /dev/vm_request_firmware says which file, who reads gets what is in it.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::firmware::{Firmware, FirmwareName, firmware_name};
use kmod_core::prelude::*;

/// The module
#[kernel_module(
    name = "vm_request_firmware",
    license = "GPL",
    firmware = ["vm/one.bin", "vm/two.bin", "vm/absent.bin"],
)]
#[derive(Default)]
struct Asks {
    #[misc(name = "vm_request_firmware", mode = 0o600)]
    desk: Desk,
    #[platform_driver(name = "vm_request_firmware", devices = 1)]
    driver: Driver,
}

const FILES: [FirmwareName; 3] = [
    firmware_name!(Asks, "vm/one.bin"),
    firmware_name!(Asks, "vm/two.bin"),
    firmware_name!(Asks, "vm/absent.bin"),
];

/// The file that was asked for last.
#[derive(Default)]
struct Desk(Mutex<Option<Firmware>>);

#[file_operations]
impl FileOperations for Desk {
    type Module = Asks;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let kept = self.0.lock();
        to.write_from(kept.as_ref().ok_or(ENODATA)?, pos)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let which: u32 = from.parse()?;
        let name = FILES.get(which as usize).ok_or(EINVAL)?;
        // The one before goes first, whether there is another one or not.
        *self.0.lock() = None;
        *self.0.lock() = Some(Firmware::request(*name)?);
        Ok(())
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Bound;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Bound> {
        let file = Firmware::request_for(FILES[0], device)?;
        if Firmware::request_for(FILES[2], device).err() != Some(ENOENT) {
            return Err(EINVAL);
        }
        Ok(Bound { file, node: Node })
    }
}

/// It has its file as long as it is bound.
#[device]
struct Bound {
    file: Firmware,
    #[misc(name = "vm_request_firmware_bound", mode = 0o444)]
    node: Node,
}

struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Bound;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(&file.instance().file, pos)?;
        Ok(())
    }
}
