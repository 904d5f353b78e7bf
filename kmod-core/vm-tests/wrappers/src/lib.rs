// SPDX-License-Identifier: GPL-2.0-only
//! The small wrappers: who calls, how a file was opened, clocks, numbers from text.
#![no_std]
#![forbid(unsafe_code)]

mod caller;
mod clock;
mod numbers;

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
    /// Clocks and delays.
    #[misc(name = "vm_clocks", mode = 0o600)]
    clocks: clock::Clocks,
    #[sysctl(path = "vm_wrappers/number")]
    number: numbers::Numbers,
}
