// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers without a device, and a device that says which they are.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Device numbers.
#[kernel_module(
    name = "vm_chrdev_region",
    license = "GPL",
    description = "Device numbers for the tests"
)]
#[derive(Default)]
struct Numbers {
    #[chrdev_region(name = "vm_region", minors = 4)]
    region: ChrdevRegion,
    #[chrdev(name = "vm_region_major", mode = 0o444)]
    major: Major,
}

#[derive(Default)]
struct Major;

#[file_operations]
impl FileOperations for Major {
    type Module = Numbers;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let major = file.module().region.major().ok_or(ENXIO)?;
        to.write_fmt_from(format_args!("{major}\n"), pos)
    }
}
