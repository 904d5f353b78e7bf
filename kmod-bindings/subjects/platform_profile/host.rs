// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/platform_profile.h>`: the host has no profiles.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_uint, c_void};

use super::{device, kmod_class_name};

pub const KMOD_PROFILE_END: c_uint = 6;

pub struct kmod_platform_profile {
    _opaque: [usize; 8],
}

pub struct kmod_platform_profile_ops {
    pub profile_get: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    pub profile_set: Option<unsafe extern "C" fn(*mut c_void, c_uint) -> c_int>,
}

kernel_only! {
    fn kmod_platform_profile_make(
        profile: *mut kmod_platform_profile,
        parent: *mut device,
        name: *const kmod_class_name,
        choices: c_uint,
        ops: *const kmod_platform_profile_ops,
        data: *mut c_void,
    ) -> c_int;
    fn kmod_platform_profile_shut(profile: *mut kmod_platform_profile);
    fn kmod_platform_profile_end(profile: *mut kmod_platform_profile);
}

/// No profile is made.
pub unsafe fn kmod_platform_profile_notify(_profile: *mut kmod_platform_profile) {}
