// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/usb.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, non_snake_case, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_ulong, c_ushort, c_void};

use super::{device, kmod_driver_calls};

pub const KMOD_USB_MATCH_VENDOR: c_uint = 1;
pub const KMOD_USB_MATCH_PRODUCT: c_uint = 2;
pub const KMOD_USB_MATCH_CLASS: c_uint = 0x80;
pub const KMOD_USB_MATCH_SUBCLASS: c_uint = 0x100;
pub const KMOD_USB_MATCH_PROTOCOL: c_uint = 0x200;
pub const KMOD_USB_MATCH_NUMBER: c_uint = 0x400;
pub const KMOD_USB_BULK: c_uint = 2;
pub const KMOD_USB_INTERRUPT: c_uint = 3;
pub const KMOD_USB_IN: c_uint = 0x80;
pub const KMOD_USB_OUT: c_uint = 0;
pub const KMOD_USB_STANDARD: c_uint = 0;
pub const KMOD_USB_CLASS: c_uint = 0x20;
pub const KMOD_USB_VENDOR: c_uint = 0x40;

pub struct kmod_usb {
    _opaque: [u8; 0],
}

pub struct kmod_urb {
    _opaque: [u8; 0],
}

pub type kmod_urb_completed =
    Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_uchar, c_uint) -> bool>;

pub struct usb_driver {
    _opaque: [usize; 40],
}

#[derive(Clone, Copy)]
pub struct usb_device_id {
    pub match_flags: u16,
    pub idVendor: u16,
    pub idProduct: u16,
    pub bcdDevice_lo: u16,
    pub bcdDevice_hi: u16,
    pub bDeviceClass: u8,
    pub bDeviceSubClass: u8,
    pub bDeviceProtocol: u8,
    pub bInterfaceClass: u8,
    pub bInterfaceSubClass: u8,
    pub bInterfaceProtocol: u8,
    pub bInterfaceNumber: u8,
    pub driver_info: c_ulong,
}

pub struct kmod_usb_driver {
    pub driver: usb_driver,
    pub calls: *mut kmod_driver_calls,
}

#[derive(Clone, Copy)]
pub struct kmod_usb_descriptor {
    pub vendor: c_ushort,
    pub product: c_ushort,
    pub version: c_ushort,
    pub manufacturer_string: c_uchar,
    pub product_string: c_uchar,
    pub serial_string: c_uchar,
    pub interface: c_uchar,
    pub class: c_uchar,
    pub subclass: c_uchar,
    pub protocol: c_uchar,
}

#[derive(Clone, Copy)]
pub struct kmod_usb_endpoint {
    pub max_packet: c_ushort,
    pub address: c_uchar,
    pub interval: c_uchar,
}

#[derive(Clone, Copy)]
pub struct kmod_usb_request {
    pub type_: c_uchar,
    pub request: c_uchar,
    pub value: c_ushort,
    pub index: c_ushort,
}

kernel_only! {
    fn kmod_usb_driver_register(
        driver: *mut kmod_usb_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const usb_device_id,
    ) -> c_int;
    fn kmod_usb_driver_unregister(driver: *mut kmod_usb_driver);
    fn kmod_usb_of(device: *mut device) -> *mut kmod_usb;
    fn kmod_usb_shut(usb: *mut kmod_usb);
    fn kmod_usb_admit(device: *mut device);
    fn kmod_usb_describe(usb: *const kmod_usb, to: *mut kmod_usb_descriptor);
    fn kmod_usb_find(
        usb: *const kmod_usb,
        kind: c_uint,
        direction: c_uint,
        before: c_uint,
        to: *mut kmod_usb_endpoint,
    ) -> c_int;
    fn kmod_usb_lacks(usb: *const kmod_usb, kind: c_uint, direction: c_uint, before: c_uint);
    fn kmod_usb_control_in(
        usb: *mut kmod_usb,
        request: *const kmod_usb_request,
        to: *mut c_uchar,
        size: c_ushort,
        timeout: c_ulong,
    ) -> c_int;
    fn kmod_usb_control_out(
        usb: *mut kmod_usb,
        request: *const kmod_usb_request,
        from: *const c_uchar,
        size: c_ushort,
        timeout: c_ulong,
    ) -> c_int;
    fn kmod_usb_read(
        usb: *mut kmod_usb,
        kind: c_uint,
        address: c_uint,
        to: *mut c_uchar,
        size: c_uint,
        timeout: c_ulong,
    ) -> c_int;
    fn kmod_usb_write(
        usb: *mut kmod_usb,
        kind: c_uint,
        address: c_uint,
        from: *const c_uchar,
        size: c_uint,
        timeout: c_ulong,
    ) -> c_int;
    fn kmod_usb_clear_halt(usb: *mut kmod_usb, kind: c_uint, address: c_uint) -> c_int;
    fn kmod_urb_make(
        device: *mut device,
        kind: c_uint,
        address: c_uint,
        size: c_uint,
        completed: kmod_urb_completed,
        data: *mut c_void,
        to: *mut *mut kmod_urb,
    ) -> c_int;
    fn kmod_urb_submit(urb: *mut kmod_urb) -> c_int;
    fn kmod_urb_kill(urb: *mut kmod_urb);
    fn kmod_urb_free(urb: *mut kmod_urb);
    fn kmod_usb_string(
        usb: *mut kmod_usb,
        number: c_uint,
        to: *mut c_char,
        size: c_uint,
    ) -> c_int;
}
