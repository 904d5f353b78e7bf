// SPDX-License-Identifier: GPL-2.0-only
//! The small wrappers: who calls, and how a file was opened.
#![no_std]
#![forbid(unsafe_code)]

mod caller;

use kmod_core::prelude::*;

/// The small wrappers
#[kernel_module(name = "vm_wrappers", license = "GPL")]
#[derive(Default)]
struct Wrappers {
    /// Says who reads, and how.
    #[misc(name = "vm_caller", mode = 0o666)]
    caller: caller::Who,
    #[sysctl(path = "vm_wrappers/reader", mode = 0o444)]
    reader: caller::Reader,
}
