// SPDX-License-Identifier: GPL-2.0-only
//! Devices that wait, are polled, and are mapped.
#![no_std]
#![forbid(unsafe_code)]

mod gate;
mod memory;
mod ring;

use kmod_core::prelude::*;

/// Waits, polls and mappings
#[kernel_module(name = "vm_waits", license = "GPL")]
struct Waits {
    /// Blocks its readers and writers.
    #[chrdev(name = "vm_waits_ring", mode = 0o600)]
    ring: ring::Ring,
    /// Memory to read and write.
    #[chrdev(name = "vm_waits_mem", mode = 0o600)]
    mem: memory::Writable,
    /// Memory to read.
    #[chrdev(name = "vm_waits_ro", mode = 0o600)]
    ro: memory::ReadOnly,
    /// Memory that nobody but its mapping keeps.
    #[chrdev(name = "vm_waits_gone", mode = 0o600)]
    gone: memory::Gone,
    /// Can be opened.
    #[chrdev(name = "vm_waits_deaf", mode = 0o600)]
    deaf: Deaf,
    /// Every kind of wait.
    #[chrdev(name = "vm_waits_gate", mode = 0o600)]
    gate: gate::Gate,
}

impl KernelModule for Waits {
    fn init(_params: &WaitsParams) -> Result<Self> {
        Ok(Self {
            ring: ring::Ring::default(),
            mem: memory::Writable(memory::new()?),
            ro: memory::ReadOnly(memory::new()?),
            gone: memory::Gone,
            deaf: Deaf,
            gate: gate::Gate::default(),
        })
    }
}

struct Deaf;

#[file_operations]
impl FileOperations for Deaf {
    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Ok(())
    }
}
