// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/hid.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_ulong, c_ushort, c_void};

use super::{device, input_dev, kmod_driver_calls};

pub const KMOD_HID_HIDINPUT: c_uint = 1;
pub const KMOD_HID_HIDRAW: c_uint = 4;
pub const KMOD_HID_HIDDEV: c_uint = 8;
pub const KMOD_HID_FF: c_uint = 32;
pub const KMOD_HID_DRIVER: c_uint = 64;
pub const KMOD_HID_INPUT_REPORT: c_uint = 0;
pub const KMOD_HID_OUTPUT_REPORT: c_uint = 1;
pub const KMOD_HID_FEATURE_REPORT: c_uint = 2;

pub struct hid_device {
    _opaque: [u8; 0],
}

pub struct hid_driver {
    _opaque: [usize; 40],
}

#[derive(Clone, Copy)]
pub struct hid_device_id {
    pub bus: u16,
    pub group: u16,
    pub vendor: u32,
    pub product: u32,
    pub driver_data: c_ulong,
}

#[derive(Clone, Copy)]
pub struct kmod_hid_usage {
    pub usage: c_uint,
    pub application: c_uint,
    pub report: c_uint,
}

#[derive(Clone, Copy)]
pub struct kmod_hid_mapping {
    pub type_: c_ushort,
    pub code: c_ushort,
    pub ignored: bool,
}

pub struct kmod_hid_calls {
    pub report_fixup:
        Option<unsafe extern "C" fn(c_ulong, *mut c_uchar, *mut c_uint) -> *const c_uchar>,
    pub raw_event:
        Option<unsafe extern "C" fn(*mut device, c_uint, c_uint, *mut c_uchar, c_uint) -> c_int>,
    pub event: Option<unsafe extern "C" fn(*mut device, *const kmod_hid_usage, c_int) -> c_int>,
    pub input_mapping:
        Option<unsafe extern "C" fn(*mut device, *const kmod_hid_usage, *mut kmod_hid_mapping)>,
    pub play_effect: Option<unsafe extern "C" fn(*mut device, c_uint, c_int, c_uint)>,
    pub memless: Option<unsafe extern "C" fn(*mut input_dev) -> c_int>,
    pub force_feedback: *const c_ushort,
    pub force_feedback_count: c_ushort,
    pub connect: c_uint,
    pub open: bool,
}

pub struct kmod_hid_driver {
    pub driver: hid_driver,
    pub calls: *mut kmod_driver_calls,
    pub hid: *const kmod_hid_calls,
}

kernel_only! {
    fn kmod_hid_driver_register(
        driver: *mut kmod_hid_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const hid_device_id,
    ) -> c_int;
    fn kmod_hid_driver_unregister(driver: *mut kmod_hid_driver);
    fn kmod_hid_connect(device: *mut device, data: *mut c_void) -> c_int;
    fn kmod_hid_disconnect(device: *mut device);
    fn kmod_hid_memless(device: *mut input_dev) -> c_int;
    fn kmod_hid_device(device: *mut device) -> *mut hid_device;
    fn kmod_hid_id(
        hid: *const hid_device,
        bus: *mut c_uint,
        vendor: *mut c_uint,
        product: *mut c_uint,
        version: *mut c_uint,
    );
    fn kmod_hid_get_report(
        hid: *mut hid_device,
        kind: c_uint,
        to: *mut c_uchar,
        size: c_uint,
    ) -> c_int;
    fn kmod_hid_set_report(
        hid: *mut hid_device,
        kind: c_uint,
        from: *const c_uchar,
        size: c_uint,
    ) -> c_int;
    fn kmod_hid_output_report(
        hid: *mut hid_device,
        from: *const c_uchar,
        size: c_uint,
    ) -> c_int;
}
