// SPDX-License-Identifier: GPL-2.0-only
//! What the devices of all classes have in common.
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_uint};

pub struct kmod_class_name {
    pub before: *const c_char,
    pub after: *const c_char,
    pub index: c_uint,
}
