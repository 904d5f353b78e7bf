// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/i2c.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong};

use super::{device, kmod_driver_calls};

pub struct i2c_client {
    _opaque: [u8; 0],
}

pub struct i2c_driver {
    _opaque: [usize; 36],
}

#[derive(Clone, Copy)]
pub struct i2c_device_id {
    pub name: [c_char; 20],
    pub driver_data: c_ulong,
}

pub struct kmod_i2c_driver {
    pub driver: i2c_driver,
    pub calls: *mut kmod_driver_calls,
}

kernel_only! {
    fn kmod_i2c_driver_register(
        driver: *mut kmod_i2c_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const i2c_device_id,
    ) -> c_int;
    fn kmod_i2c_driver_unregister(driver: *mut kmod_i2c_driver);
    fn kmod_i2c_client(device: *mut device) -> *mut i2c_client;
    fn kmod_i2c_address(client: *const i2c_client) -> c_uint;
    fn kmod_i2c_name(client: *const i2c_client) -> *const c_char;
    fn kmod_i2c_quick(client: *const i2c_client, read: bool) -> i32;
    fn kmod_i2c_read_byte(client: *const i2c_client) -> i32;
    fn kmod_i2c_write_byte(client: *const i2c_client, value: u8) -> i32;
    fn kmod_i2c_read_byte_data(client: *const i2c_client, command: u8) -> i32;
    fn kmod_i2c_write_byte_data(client: *const i2c_client, command: u8, value: u8) -> i32;
    fn kmod_i2c_read_word_data(client: *const i2c_client, command: u8) -> i32;
    fn kmod_i2c_write_word_data(client: *const i2c_client, command: u8, value: u16) -> i32;
    fn kmod_i2c_process_call(client: *const i2c_client, command: u8, value: u16) -> i32;
    fn kmod_i2c_read_block(
        client: *const i2c_client,
        command: u8,
        to: *mut u8,
        bytes: u8,
    ) -> i32;
    fn kmod_i2c_write_block(
        client: *const i2c_client,
        command: u8,
        from: *const u8,
        bytes: u8,
    ) -> i32;
    fn kmod_i2c_read_bytes(
        client: *const i2c_client,
        command: u8,
        to: *mut u8,
        bytes: u8,
    ) -> i32;
    fn kmod_i2c_write_bytes(
        client: *const i2c_client,
        command: u8,
        from: *const u8,
        bytes: u8,
    ) -> i32;
    fn kmod_i2c_transfer(
        client: *const i2c_client,
        from: *const u8,
        sent: u16,
        to: *mut u8,
        received: u16,
    ) -> c_int;
}
