// SPDX-License-Identifier: GPL-2.0-only
//! Platform drivers for some machines only.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::dmi::dmi_table;
use kmod_core::prelude::*;

dmi_table! {
    static HERE: u32 = [
        { SysVendor = "Acme", ProductName = "Nimbus 2" } => 2,
        { SysVendor = "Acme", ProductName ~ "Nimbus 3" } => 3,
    ];
}

dmi_table! {
    static ELSEWHERE: () = [
        { SysVendor = "Acme", ProductName = "Nimbus 3" } => (),
        { BoardName = "NB-200" } => (),
    ];
}

/// Is for some machines
#[kernel_module(name = "vm_machine", license = "GPL")]
#[derive(Default)]
struct Machine {
    #[platform_driver(dmi = HERE, devices = 1)]
    vm_machine: Driver,
    /// It is for another machine: the module does not load, and the first one goes again.
    #[platform_driver(dmi = ELSEWHERE, devices = 1)]
    vm_machine_elsewhere: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Found;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Found> {
        pr_info!("found {} of {:?}", device.name(), HERE.first_match());
        Ok(Found::default())
    }
}

#[device]
#[derive(Default)]
struct Found {}
