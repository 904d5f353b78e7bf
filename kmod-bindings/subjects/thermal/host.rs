// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/thermal.h>`: nothing is warm on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::kmod_class_name;

pub const KMOD_TRIP_ACTIVE: c_uint = 0;
pub const KMOD_TRIP_PASSIVE: c_uint = 1;
pub const KMOD_TRIP_HOT: c_uint = 2;
pub const KMOD_TRIP_CRITICAL: c_uint = 3;

pub struct kmod_thermal {
    _opaque: [usize; 3],
}

pub struct kmod_thermal_ops {
    pub get_temp: Option<unsafe extern "C" fn(*mut c_void, *mut c_int) -> c_int>,
    pub set_trip_temp: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_int) -> c_int>,
}

#[derive(Clone, Copy)]
pub struct kmod_thermal_trip {
    pub temperature: c_int,
    pub hysteresis: c_int,
    pub type_: c_uint,
    pub writable: bool,
    pub cooled_by: *const c_char,
}

pub struct kmod_thermal_plan {
    pub name: kmod_class_name,
    pub trips: *const kmod_thermal_trip,
    pub count: c_uint,
    pub passive_delay: c_uint,
    pub polling_delay: c_uint,
}

pub struct kmod_cooling {
    _opaque: [u8; 0],
}

pub struct kmod_cooling_ops {
    pub get_max_state: Option<unsafe extern "C" fn(*mut c_void, *mut c_ulong) -> c_int>,
    pub get_cur_state: Option<unsafe extern "C" fn(*mut c_void, *mut c_ulong) -> c_int>,
    pub set_cur_state: Option<unsafe extern "C" fn(*mut c_void, c_ulong) -> c_int>,
}

kernel_only! {
    fn kmod_thermal_make(
        thermal: *mut kmod_thermal,
        plan: *const kmod_thermal_plan,
        ops: *const kmod_thermal_ops,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_thermal_shut(thermal: *mut kmod_thermal);
    fn kmod_thermal_end(thermal: *mut kmod_thermal);
    fn kmod_cooling_make(
        name: *const kmod_class_name,
        ops: *const kmod_cooling_ops,
        data: *mut c_void,
    ) -> *mut kmod_cooling;
    fn kmod_cooling_end(cooling: *mut kmod_cooling);
}

/// No zone is made.
pub unsafe fn kmod_thermal_update(_thermal: *mut kmod_thermal) {}
