// SPDX-License-Identifier: GPL-2.0-only
//! A module whose last device cannot have the class that it asks for, and which has a misc device
//! whose minor number may be taken.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Fails within a device.
#[kernel_module(
    name = "vm_clash",
    license = "GPL",
    description = "A name that is taken, for the tests"
)]
#[derive(Default)]
struct Clash {
    #[chrdev(name = "vm_first", minors = 2)]
    first: Nothing,
    #[misc(name = "vm_early")]
    early: Nothing,
    #[misc(name = "vm_fixed", minor = 242)]
    fixed: Nothing,
    #[misc(name = "vm_late")]
    late: Nothing,
    /// The kernel's own class of /dev/null and its kind.
    #[chrdev(name = "mem")]
    second: Nothing,
}

#[derive(Default)]
struct Nothing;

#[file_operations]
impl FileOperations for Nothing {}
