// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/dmi.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_uint};

#[expect(non_camel_case_types, reason = "C's name")]
pub struct dmi_system_id {
    _opaque: [u64; 43],
}

pub const KMOD_DMI_BIOS_VENDOR: c_uint = 1;
pub const KMOD_DMI_BIOS_VERSION: c_uint = 2;
pub const KMOD_DMI_BIOS_DATE: c_uint = 3;
pub const KMOD_DMI_BIOS_RELEASE: c_uint = 4;
pub const KMOD_DMI_EC_FIRMWARE_RELEASE: c_uint = 5;
pub const KMOD_DMI_SYS_VENDOR: c_uint = 6;
pub const KMOD_DMI_PRODUCT_NAME: c_uint = 7;
pub const KMOD_DMI_PRODUCT_VERSION: c_uint = 8;
pub const KMOD_DMI_PRODUCT_SERIAL: c_uint = 9;
pub const KMOD_DMI_PRODUCT_UUID: c_uint = 10;
pub const KMOD_DMI_PRODUCT_SKU: c_uint = 11;
pub const KMOD_DMI_PRODUCT_FAMILY: c_uint = 12;
pub const KMOD_DMI_BOARD_VENDOR: c_uint = 13;
pub const KMOD_DMI_BOARD_NAME: c_uint = 14;
pub const KMOD_DMI_BOARD_VERSION: c_uint = 15;
pub const KMOD_DMI_BOARD_SERIAL: c_uint = 16;
pub const KMOD_DMI_BOARD_ASSET_TAG: c_uint = 17;
pub const KMOD_DMI_CHASSIS_VENDOR: c_uint = 18;
pub const KMOD_DMI_CHASSIS_TYPE: c_uint = 19;
pub const KMOD_DMI_CHASSIS_VERSION: c_uint = 20;
pub const KMOD_DMI_CHASSIS_SERIAL: c_uint = 21;
pub const KMOD_DMI_CHASSIS_ASSET_TAG: c_uint = 22;

pub const KMOD_DMI_MATCHES_AT: usize = 16;
pub const KMOD_DMI_MATCHES: usize = 320;
pub const KMOD_DMI_TEXT_AT: usize = 1;
pub const KMOD_DMI_TEXT: usize = 79;

kernel_only! {
    fn kmod_dmi_get(field: c_uint) -> *const c_char;
    fn kmod_dmi_first_match(rows: *const dmi_system_id) -> *const dmi_system_id;
}
