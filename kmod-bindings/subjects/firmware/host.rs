// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/firmware.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::c_char;

use super::device;

#[expect(non_camel_case_types, reason = "C's name")]
pub struct firmware {
    _opaque: [u8; 0],
}

kernel_only! {
    fn kmod_firmware_request(name: *const c_char, device: *mut device) -> *const firmware;
    fn kmod_firmware_release(firmware: *const firmware);
    fn kmod_firmware_data(firmware: *const firmware) -> *const u8;
    fn kmod_firmware_size(firmware: *const firmware) -> usize;
}
