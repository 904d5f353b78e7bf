// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/module.h>`.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::c_char;

#[expect(non_camel_case_types, reason = "C's name")]
pub struct module {
    _opaque: [u8; 0],
}

#[expect(non_upper_case_globals, reason = "C's name")]
pub static __this_module: module = module { _opaque: [] };

pub unsafe fn kmod_bug() -> ! {
    std::process::abort()
}

pub unsafe fn kmod_module_name() -> *const c_char {
    c"host".as_ptr()
}

pub unsafe fn kmod_module_wait_unused() {}
