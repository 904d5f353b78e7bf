// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/crc32.h>` and `<linux/crc-ccitt.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

kernel_only! {
    fn kmod_crc32(crc: u32, data: *const u8, length: usize) -> u32;
    fn kmod_crc32_be(crc: u32, data: *const u8, length: usize) -> u32;
    fn kmod_crc32c(crc: u32, data: *const u8, length: usize) -> u32;
    fn kmod_crc_ccitt(crc: u16, data: *const u8, length: usize) -> u16;
}
