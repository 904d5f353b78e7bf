// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/iio/iio.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_ulong, c_ushort, c_void};

use super::device;

pub const KMOD_IIO_TYPES_END: c_uint = 34;
pub const KMOD_IIO_MODIFIERS_END: c_uint = 43;
pub const KMOD_IIO_INFOS_END: c_uint = 27;
pub const KMOD_IIO_EVENT_TYPES_END: c_uint = 6;
pub const KMOD_IIO_EVENT_DIRECTIONS_END: c_uint = 4;
pub const KMOD_IIO_EVENT_INFOS_END: c_uint = 6;

pub const KMOD_IIO_CPU: c_uint = 0;
pub const KMOD_IIO_BE: c_uint = 1;
pub const KMOD_IIO_LE: c_uint = 2;

pub const IIO_VAL_INT: c_uint = 1;
pub const IIO_VAL_INT_PLUS_MICRO: c_uint = 2;
pub const IIO_VAL_INT_PLUS_NANO: c_uint = 3;
pub const IIO_VAL_INT_PLUS_MICRO_DB: c_uint = 4;
pub const IIO_VAL_FRACTIONAL: c_uint = 10;
pub const IIO_VAL_FRACTIONAL_LOG2: c_uint = 11;
pub const IIO_VAL_CHAR: c_uint = 12;

pub struct kmod_iio {
    _opaque: [u8; 0],
}

#[derive(Clone, Copy)]
pub struct kmod_iio_channel {
    pub type_: c_uchar,
    pub modifier: c_uchar,
    pub indexed: bool,
    pub output: bool,
    pub differential: bool,
    pub channel: c_ushort,
    pub channel2: c_ushort,
    pub address: c_uint,
    pub infos: [c_uint; 4],
    pub available: [c_uint; 4],
    pub label: *const c_char,
    pub sign: c_uchar,
    pub real_bits: c_uchar,
    pub storage_bits: c_uchar,
    pub shift: c_uchar,
    pub endianness: c_uchar,
}

#[derive(Clone, Copy)]
pub struct kmod_iio_event {
    pub channel: c_uint,
    pub type_: c_uchar,
    pub direction: c_uchar,
    pub infos: [c_uchar; 4],
}

pub struct kmod_iio_events {
    _opaque: [usize; 4],
}

pub struct kmod_iio_ops {
    pub read_raw: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, *mut c_int) -> c_int>,
    pub write_raw: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_int, c_int) -> c_int>,
    pub write_raw_get_fmt: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint) -> c_int>,
    pub read_avail: Option<
        unsafe extern "C" fn(
            *mut c_void,
            c_uint,
            c_uint,
            *mut *const c_int,
            *mut c_int,
            *mut c_int,
        ) -> c_int,
    >,
    pub read_event_config:
        Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint) -> c_int>,
    pub write_event_config:
        Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint, bool) -> c_int>,
    pub read_event_value: Option<
        unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint, c_uint, *mut c_int) -> c_int,
    >,
    pub write_event_value: Option<
        unsafe extern "C" fn(*mut c_void, c_uint, c_uint, c_uint, c_uint, c_int, c_int) -> c_int,
    >,
    pub trigger_handler:
        Option<unsafe extern "C" fn(*mut c_void, *const c_ulong, *mut c_uchar) -> c_int>,
    pub preenable: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub postdisable: Option<unsafe extern "C" fn(*mut c_void)>,
}

pub struct kmod_iio_plan {
    pub name: *const c_char,
    pub channels: *const kmod_iio_channel,
    pub count: c_uint,
    pub events: *const kmod_iio_event,
    pub events_count: c_uint,
    pub buffer_setup: Option<unsafe extern "C" fn(*mut kmod_iio) -> c_int>,
    pub buffer_stop: Option<unsafe extern "C" fn(*mut kmod_iio)>,
    pub buffer_cleanup: Option<unsafe extern "C" fn(*mut kmod_iio)>,
    pub timestamp: bool,
}

kernel_only! {
    fn kmod_iio_make(
        parent: *mut device,
        plan: *const kmod_iio_plan,
        ops: *const kmod_iio_ops,
        data: *mut c_void,
    ) -> *mut kmod_iio;
    fn kmod_iio_end(iio: *mut kmod_iio);
    fn kmod_iio_buffer_setup(iio: *mut kmod_iio) -> c_int;
    fn kmod_iio_buffer_stop(iio: *mut kmod_iio);
    fn kmod_iio_buffer_cleanup(iio: *mut kmod_iio);
    fn kmod_iio_events_open(events: *mut kmod_iio_events, iio: *mut kmod_iio);
    fn kmod_iio_events_shut(events: *mut kmod_iio_events);
}

/// No device is made.
pub unsafe fn kmod_iio_push_event(
    _events: *mut kmod_iio_events,
    _address: c_uint,
    _type: c_uint,
    _direction: c_uint,
) -> bool {
    false
}
