// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/regmap.h>`: the host has no chips.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

use super::device;

pub struct kmod_regmap {
    _opaque: [u8; 0],
}

#[derive(Clone, Copy)]
pub struct kmod_regmap_range {
    pub first: c_uint,
    pub last: c_uint,
}

#[derive(Clone, Copy)]
pub struct kmod_regmap_default {
    pub reg: c_uint,
    pub value: c_uint,
}

pub struct kmod_regmap_ranges {
    pub ranges: *const kmod_regmap_range,
    pub count: c_uint,
}

pub struct kmod_regmap_plan {
    pub name: *const c_char,
    pub readable: kmod_regmap_ranges,
    pub writable: kmod_regmap_ranges,
    pub changing: kmod_regmap_ranges,
    pub precious: kmod_regmap_ranges,
    pub defaults: *const kmod_regmap_default,
    pub default_count: c_uint,
    pub last: c_uint,
    pub reg_bits: c_uint,
    pub pad_bits: c_uint,
    pub val_bits: c_uint,
    pub read_flag: c_uint,
    pub write_flag: c_uint,
    pub flags: bool,
    pub big_endian: bool,
    pub single: bool,
    pub cached: bool,
}

kernel_only! {
    fn kmod_regmap_init_i2c(
        device: *mut device,
        plan: *const kmod_regmap_plan,
    ) -> *mut kmod_regmap;
    fn kmod_regmap_init_spi(
        device: *mut device,
        plan: *const kmod_regmap_plan,
    ) -> *mut kmod_regmap;
    fn kmod_regmap_exit(regmap: *mut kmod_regmap);
    fn kmod_regmap_read(regmap: *mut kmod_regmap, reg: c_uint, value: *mut c_uint) -> c_int;
    fn kmod_regmap_write(regmap: *mut kmod_regmap, reg: c_uint, value: c_uint) -> c_int;
    fn kmod_regmap_bulk_read(
        regmap: *mut kmod_regmap,
        reg: c_uint,
        to: *mut c_void,
        count: usize,
    ) -> c_int;
    fn kmod_regmap_bulk_write(
        regmap: *mut kmod_regmap,
        reg: c_uint,
        from: *const c_void,
        count: usize,
    ) -> c_int;
    fn kmod_regmap_sync(regmap: *mut kmod_regmap) -> c_int;
    fn kmod_regmap_mark_dirty(regmap: *mut kmod_regmap) -> c_int;
    fn kmod_regmap_cache_only(regmap: *mut kmod_regmap, only: bool) -> c_int;
}
