// SPDX-License-Identifier: GPL-2.0-only
//! A module that panics in several ways, in whoever writes to its device.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Panics
#[kernel_module(name = "vm_panic", license = "GPL")]
#[derive(Default)]
struct Panics {
    #[misc]
    vm_panic: Device,
}

#[derive(Default)]
struct Device;

const TABLE: [u8; 3] = [1, 2, 3];

#[file_operations]
impl FileOperations for Device {
    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let number: usize = from.parse()?;
        let found = match number {
            1 => panic!("100% on purpose"),
            2 => panic!("number {number}"),
            3 => TABLE.get(number).copied().unwrap(),
            _ => TABLE[number],
        };
        pr_info!("found {found}");
        Ok(())
    }
}
