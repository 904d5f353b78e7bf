// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/spi/spi.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{KMOD_GFP_KERNEL, KMOD_GFP_ZERO, device, kmod_alloc, kmod_driver_calls};

pub struct spi_device {
    _opaque: [u8; 0],
}

pub struct spi_driver {
    _opaque: [usize; 24],
}

#[derive(Clone, Copy)]
pub struct spi_device_id {
    pub name: [c_char; 32],
    pub driver_data: c_ulong,
}

pub struct kmod_spi_driver {
    pub driver: spi_driver,
    pub calls: *mut kmod_driver_calls,
}

#[derive(Clone, Copy)]
pub struct kmod_spi_settings {
    pub mode: u32,
    pub changed: u32,
    pub speed: u32,
    pub bits: u8,
}

#[derive(Clone, Copy)]
pub struct kmod_spi_transfer {
    pub from: *const c_void,
    pub to: *mut c_void,
    pub length: usize,
    pub speed: u32,
    pub delay: u32,
    pub cs_delay: u32,
    pub word_delay: u32,
    pub bits: u8,
    pub cs_change: bool,
}

pub const KMOD_SPI_CPHA: u32 = 0x01;
pub const KMOD_SPI_CPOL: u32 = 0x02;
pub const KMOD_SPI_LSB_FIRST: u32 = 0x08;
pub const KMOD_SPI_3WIRE: u32 = 0x10;
pub const KMOD_SPI_LOOP: u32 = 0x20;

pub unsafe fn kmod_spi_buffer(bytes: usize) -> *mut c_void {
    // SAFETY: An alignment of 8 is a power of two.
    unsafe { kmod_alloc(bytes.max(1), 8, KMOD_GFP_KERNEL | KMOD_GFP_ZERO) }
}

kernel_only! {
    fn kmod_spi_driver_register(
        driver: *mut kmod_spi_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const spi_device_id,
    ) -> c_int;
    fn kmod_spi_driver_unregister(driver: *mut kmod_spi_driver);
    fn kmod_spi_device(device: *mut device) -> *mut spi_device;
    fn kmod_spi_chip_select(spi: *const spi_device) -> c_uint;
    fn kmod_spi_name(spi: *const spi_device) -> *const c_char;
    fn kmod_spi_setup(spi: *mut spi_device, settings: *const kmod_spi_settings) -> c_int;
    fn kmod_spi_settings(spi: *const spi_device, settings: *mut kmod_spi_settings);
    fn kmod_spi_max_transfer(spi: *mut spi_device) -> usize;
    fn kmod_spi_max_message(spi: *mut spi_device) -> usize;
    fn kmod_spi_message(
        spi: *mut spi_device,
        transfers: *const kmod_spi_transfer,
        count: usize,
        moved: *mut usize,
    ) -> c_int;
    fn kmod_spi_write_then_read(
        spi: *mut spi_device,
        from: *const c_void,
        sent: usize,
        to: *mut c_void,
        received: usize,
    ) -> c_int;
}
