// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/device.h>`, `<linux/idr.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::device;

pub struct ida {
    _opaque: [usize; 2],
}

pub struct dev_pm_ops {
    _opaque: [usize; 23],
}

pub struct kmod_driver_calls {
    pub indices: ida,
    pub probe: Option<unsafe extern "C" fn(*mut device, *mut kmod_driver_calls, c_ulong) -> c_int>,
    pub remove: Option<unsafe extern "C" fn(*mut device, *mut kmod_driver_calls)>,
    pub shutdown: Option<unsafe extern "C" fn(*mut device)>,
    pub suspend: Option<unsafe extern "C" fn(*mut device) -> c_int>,
    pub resume: Option<unsafe extern "C" fn(*mut device) -> c_int>,
    pub runtime_suspend: Option<unsafe extern "C" fn(*mut device) -> c_int>,
    pub runtime_resume: Option<unsafe extern "C" fn(*mut device) -> c_int>,
    pub pm: dev_pm_ops,
}

kernel_only! {
    fn kmod_driver_index_get(indices: *mut ida) -> c_int;
    fn kmod_driver_index_put(indices: *mut ida, index: c_uint);
    fn kmod_driver_get_drvdata(device: *const device) -> *mut c_void;
    fn kmod_driver_set_drvdata(device: *mut device, data: *mut c_void);
    fn kmod_driver_change(device: *mut device, variables: *const *const c_char) -> c_int;
    fn kmod_driver_power_hold(device: *mut device);
    fn kmod_driver_power_release(device: *mut device);
    fn kmod_driver_power_wake(device: *mut device);
    fn kmod_driver_power_stop(device: *mut device);
    fn kmod_driver_power_end(device: *mut device);
    fn kmod_driver_dev_name(device: *const device) -> *const c_char;
}
