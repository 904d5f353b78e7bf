// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/input.h>`: nothing is reported on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_ushort, c_void};

use super::{device, kmod_class_name};

pub const EV_SYN: c_uint = 0;
pub const EV_KEY: c_uint = 1;
pub const EV_REL: c_uint = 2;
pub const EV_ABS: c_uint = 3;
pub const EV_SW: c_uint = 5;

pub const FF_RUMBLE: c_uint = 0x50;
pub const FF_CONSTANT: c_uint = 0x52;

pub const INPUT_MT_POINTER: c_uint = 1;
pub const INPUT_MT_DIRECT: c_uint = 2;
pub const INPUT_MT_DROP_UNUSED: c_uint = 4;
pub const INPUT_MT_SEMI_MT: c_uint = 16;

pub const KE_KEY: c_uint = 1;
pub const KE_SW: c_uint = 2;
pub const KE_VSW: c_uint = 3;
pub const KE_IGNORE: c_uint = 4;

pub struct input_dev {
    _opaque: [usize; 1],
}

pub struct kmod_input {
    _opaque: [usize; 7],
}

#[derive(Clone, Copy)]
pub struct kmod_input_abs {
    pub axis: c_ushort,
    pub min: c_int,
    pub max: c_int,
    pub fuzz: c_int,
    pub flat: c_int,
    pub resolution: c_int,
}

#[derive(Clone, Copy)]
pub struct kmod_input_key_entry {
    pub code: c_uint,
    pub type_: c_ushort,
    pub is: c_ushort,
    pub value: bool,
}

pub struct kmod_input_plan {
    pub keys: *const c_ushort,
    pub relative: *const c_ushort,
    pub switches: *const c_ushort,
    pub absolute: *const kmod_input_abs,
    pub force_feedback: *const c_ushort,
    pub keymap: *const kmod_input_key_entry,
    pub keys_count: c_ushort,
    pub relative_count: c_ushort,
    pub switches_count: c_ushort,
    pub absolute_count: c_ushort,
    pub force_feedback_count: c_ushort,
    pub keymap_count: c_ushort,
    pub slots: c_ushort,
    pub slot_flags: c_ushort,
    pub bustype: c_ushort,
    pub vendor: c_ushort,
    pub product: c_ushort,
    pub version: c_ushort,
    pub repeat: bool,
    pub poll_interval: c_uint,
    pub memless: Option<unsafe extern "C" fn(*mut input_dev) -> c_int>,
    pub sparse_keymap:
        Option<unsafe extern "C" fn(*mut input_dev, *const kmod_input_plan) -> c_int>,
}

pub struct kmod_input_ops {
    pub open: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub close: Option<unsafe extern "C" fn(*mut c_void)>,
    pub poll: Option<unsafe extern "C" fn(*mut c_void)>,
    pub play_effect: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_int, c_uint)>,
}

kernel_only! {
    fn kmod_input_make(
        input: *mut kmod_input,
        parent: *mut device,
        name: *const kmod_class_name,
        plan: *const kmod_input_plan,
        ops: *const kmod_input_ops,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_input_shut(input: *mut kmod_input);
    fn kmod_input_end(input: *mut kmod_input);
    fn kmod_input_memless(device: *mut input_dev) -> c_int;
    fn kmod_input_keymap(device: *mut input_dev, plan: *const kmod_input_plan) -> c_int;
}

/// No device is made.
pub unsafe fn kmod_input_event(
    _input: *mut kmod_input,
    _type: c_uint,
    _code: c_uint,
    _value: c_int,
) {
}

/// No device is made.
pub unsafe fn kmod_input_slot(
    _input: *mut kmod_input,
    _slot: c_uint,
    _tool: c_uint,
    _active: bool,
) {
}

/// No device is made.
pub unsafe fn kmod_input_sync_frame(_input: *mut kmod_input) {}

/// No device is made.
pub unsafe fn kmod_input_report_scan(
    _input: *mut kmod_input,
    _code: c_uint,
    _value: bool,
    _autorelease: bool,
) -> bool {
    false
}

/// No device is made.
pub unsafe fn kmod_input_scan_entry(
    _input: *mut kmod_input,
    _code: c_uint,
    _entry: *mut kmod_input_key_entry,
) -> bool {
    false
}
