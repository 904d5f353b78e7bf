// SPDX-License-Identifier: GPL-2.0-only
//! What the firmware tells of the machine, and which rows fit it.

use kmod_core::dmi::{DmiField, DmiTable, dmi_table};
use kmod_core::prelude::*;

dmi_table! {
    static NOT_THIS: u32 = [
        { SysVendor = "Acme", ProductName = "Nimbus 3" } => 1,
        { SysVendor = "Acm" } => 2,
        { SysVendor ~ "Acme", ProductName ~ "Nimbus", ProductVersion ~ "7", BiosVendor = "Iron" } => 3,
        { BiosVersion ~ "1.07 " } => 4,
    ];
}

dmi_table! {
    /// The second row is the first that fits.
    static MODELS: &str = [
        { ProductName ~ "nimbus" } => "small letters",
        { SysVendor = "Acme", ProductName ~ "3 Pro", BiosVersion = "1.07", ProductFamily ~ "C" } => "by parts",
        { SysVendor = "Acme" } => "by vendor",
    ];
}

const FIELDS: [DmiField; 22] = [
    DmiField::BiosVendor,
    DmiField::BiosVersion,
    DmiField::BiosDate,
    DmiField::BiosRelease,
    DmiField::EcFirmwareRelease,
    DmiField::SysVendor,
    DmiField::ProductName,
    DmiField::ProductVersion,
    DmiField::ProductSerial,
    DmiField::ProductUuid,
    DmiField::ProductSku,
    DmiField::ProductFamily,
    DmiField::BoardVendor,
    DmiField::BoardName,
    DmiField::BoardVersion,
    DmiField::BoardSerial,
    DmiField::BoardAssetTag,
    DmiField::ChassisVendor,
    DmiField::ChassisType,
    DmiField::ChassisVersion,
    DmiField::ChassisSerial,
    DmiField::ChassisAssetTag,
];

#[derive(Default)]
pub(crate) struct Machine;

#[file_operations]
impl FileOperations for Machine {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        for field in FIELDS {
            match field.get() {
                Some(told) => writeln!(to, "+{}", told.to_bytes().escape_ascii())?,
                None => writeln!(to, "-")?,
            }
        }
        let number = first(&NOT_THIS);
        let model = first(&MODELS);
        let is = DmiField::SysVendor.is("Acme");
        let begins = DmiField::SysVendor.is("Acm");
        writeln!(to, "{number} {model} {is} {begins}")
    }
}

fn first<T: Copy + Default>(table: &DmiTable<T>) -> T {
    table.first_match().copied().unwrap_or_default()
}
