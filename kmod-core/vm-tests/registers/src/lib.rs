// SPDX-License-Identifier: GPL-2.0-only
//! Registers of each kind: those of QEMU's `e1000e`, and memory that its `bochs-display` has, looked at in
//! several ways.
#![no_std]
#![forbid(unsafe_code)]

mod memory;
mod nic;

use kmod_core::prelude::*;

/// Drives what QEMU has for the registers' tests
#[kernel_module(name = "vm_registers", license = "GPL")]
#[derive(Default)]
struct Module {
    #[pci_driver(name = "vm_registers_nic", ids = [(0x8086, 0x10d3)])]
    nic: nic::Driver,
    #[pci_driver(name = "vm_registers_memory", ids = [(0x1234, 0x1111)])]
    memory: memory::Driver,
}

/// What a node's user writes: a command, and numbers.
fn command(
    from: &mut UserReader<'_>,
    run: impl FnOnce(&str, [u64; 2]) -> Result<u64>,
) -> Result<u64> {
    let text = from.read_all(64, GFP_KERNEL)?;
    let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
    let mut words = text.split(' ');
    let command = words.next().unwrap_or_default();
    let mut number = || words.next().map_or(Ok(0), kmod_core::str::parse);
    run(command, [number()?, number()?])
}
