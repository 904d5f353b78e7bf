// SPDX-License-Identifier: GPL-2.0-only
//! Platform drivers that are found by names, by ACPI's ids and by what devices are compatible with.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Is found in several ways
#[kernel_module(name = "vm_matching", license = "GPL")]
#[derive(Default)]
struct Matching {
    /// Each with a word of its own.
    #[platform_driver(
        ids = ["vm_matching_all" => "own", "vm-matching-one" => "one"],
        acpi = ["KMOD0A01" => "hid", "KMOD0A02" => "cid", "QEMU0002" => "fw_cfg"],
        of = ["kmod,all" => "all", "qemu,fw-cfg-mmio" => "fw_cfg"],
        devices = 2,
    )]
    vm_matching_all: All,
    /// As in a device tree only.
    #[platform_driver(of = ["kmod,common" => 1, "kmod,special" => 2])]
    vm_matching_of: OfOnly,
    /// Of which nothing is said: what has its name, too.
    #[platform_driver(acpi = ["KMOD0A03"], of = ["kmod,plain"], devices = 1)]
    vm_matching_plain: Plain,
}

#[device]
#[derive(Default)]
struct Found {}

#[derive(Default)]
struct All;

#[handlers]
impl PlatformDriver for All {
    type Device = Found;
    type Id = &'static str;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Found> {
        pr_info!("found {} {}", device.name(), device.id());
        Ok(Found::default())
    }
}

#[derive(Default)]
struct OfOnly;

#[handlers]
impl PlatformDriver for OfOnly {
    type Device = Found;
    type Id = u32;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Found> {
        pr_info!("found {} {}", device.name(), device.id());
        Ok(Found::default())
    }
}

#[derive(Default)]
struct Plain;

#[handlers]
impl PlatformDriver for Plain {
    type Device = Found;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Found> {
        pr_info!("found {} plain", device.name());
        Ok(Found::default())
    }
}
