// SPDX-License-Identifier: GPL-2.0-only
//! The small wrappers: who calls, how a file was opened, clocks, numbers from text,
//! copies into mapped memory, signals by file.
#![no_std]
#![forbid(unsafe_code)]

mod caller;
mod clock;
mod memory;
mod numbers;
mod signals;

use kmod_core::prelude::*;

/// The small wrappers
#[kernel_module(name = "vm_wrappers", license = "GPL")]
struct Wrappers {
    /// Says who reads, and how.
    #[misc(name = "vm_caller", mode = 0o666)]
    caller: caller::Who,
    #[sysctl(path = "vm_wrappers/reader", mode = 0o644)]
    reader: caller::Reader,
    /// Clocks and delays.
    #[misc(name = "vm_clocks", mode = 0o600)]
    clocks: clock::Clocks,
    #[sysctl(path = "vm_wrappers/number")]
    number: numbers::Numbers,
    #[misc(name = "vm_memory", mode = 0o600)]
    memory: memory::Memory,
    #[misc(name = "vm_pieces", mode = 0o600)]
    pieces: memory::Pieces,
    #[misc(name = "vm_signals", mode = 0o600)]
    signals: signals::Signals,
}

impl KernelModule for Wrappers {
    fn init(_params: &WrappersParams) -> Result<Self> {
        Ok(Self {
            caller: caller::Who,
            reader: caller::Reader,
            clocks: clock::Clocks,
            number: numbers::Numbers::default(),
            memory: memory::Memory(VmallocBuffer::new(2 * 4096)?),
            pieces: memory::Pieces(VmallocBuffer::new(2 * 4096)?),
            signals: signals::Signals,
        })
    }
}
