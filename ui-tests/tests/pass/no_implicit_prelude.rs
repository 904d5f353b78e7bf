// SPDX-License-Identifier: GPL-2.0-only
//! The expansion takes nothing from a prelude.
#![no_implicit_prelude]
#![forbid(unsafe_code)]

use ::kmod_core::prelude::{FileOperations, file_operations, kernel_module};

#[kernel_module(
    name = "bare",
    license = "GPL",
    params(
        #[param(range = 1..=LIMIT)]
        start: u32 = 1,
        who: &str = "world",
    ),
)]
#[derive(::core::default::Default)]
struct Bare {
    #[chrdev]
    bare: Device,
}

const LIMIT: u32 = 9;

#[derive(::core::default::Default)]
struct Device;

#[file_operations]
impl FileOperations for Device {}

fn main() {}
