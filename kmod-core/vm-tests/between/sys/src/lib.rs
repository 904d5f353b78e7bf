// SPDX-License-Identifier: GPL-2.0-only
//! What `twin/vm_provider.c` exports.
#![no_std]

use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    /// Twice as much.
    fn vm_provider_twice(number: u32) -> u32;
}

/// Twice as much.
pub fn twice(number: u32) -> u32 {
    // SAFETY: `vm_provider_twice` takes any number and touches no memory. Its module is loaded while the one that
    // calls it is: the kernel counts it.
    unsafe { vm_provider_twice(number) }
}
