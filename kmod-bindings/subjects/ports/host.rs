// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/ioport.h>`, and ports of `<linux/io.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_uint};

kernel_only! {
    fn kmod_io_in8(port: u16) -> u8;
    fn kmod_io_out8(port: u16, value: u8);
    fn kmod_io_in16(port: u16) -> u16;
    fn kmod_io_out16(port: u16, value: u16);
    fn kmod_io_in32(port: u16) -> u32;
    fn kmod_io_out32(port: u16, value: u32);
    fn kmod_ports_request(base: c_uint, count: c_uint) -> c_int;
    fn kmod_ports_release(base: c_uint, count: c_uint);
}
