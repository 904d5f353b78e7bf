// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/io.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::c_void;

kernel_only! {
    fn kmod_io_read8(at: *const c_void) -> u8;
    fn kmod_io_write8(at: *mut c_void, value: u8);
    fn kmod_io_read8_relaxed(at: *const c_void) -> u8;
    fn kmod_io_write8_relaxed(at: *mut c_void, value: u8);
    fn kmod_io_read16(at: *const c_void) -> u16;
    fn kmod_io_write16(at: *mut c_void, value: u16);
    fn kmod_io_read16_relaxed(at: *const c_void) -> u16;
    fn kmod_io_write16_relaxed(at: *mut c_void, value: u16);
    fn kmod_io_read32(at: *const c_void) -> u32;
    fn kmod_io_write32(at: *mut c_void, value: u32);
    fn kmod_io_read32_relaxed(at: *const c_void) -> u32;
    fn kmod_io_write32_relaxed(at: *mut c_void, value: u32);
    fn kmod_io_read64(at: *const c_void) -> u64;
    fn kmod_io_write64(at: *mut c_void, value: u64);
    fn kmod_io_read64_relaxed(at: *const c_void) -> u64;
    fn kmod_io_write64_relaxed(at: *mut c_void, value: u64);
}
