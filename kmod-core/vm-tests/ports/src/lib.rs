// SPDX-License-Identifier: GPL-2.0-only
//! Registers that are no BAR of memory: I/O ports at a fixed place, those of a card, what is behind an index,
//! and the memory of platform devices.
#![no_std]
#![forbid(unsafe_code)]

mod card;
mod memory;

use kmod_core::prelude::*;

/// Drives ports that QEMU has for tests
#[kernel_module(name = "vm_ports", license = "GPL")]
#[derive(Default)]
struct Module {
    /// Behind an index: the first two ports of QEMU's `pc-testdev`, which keep what is written.
    #[ports(base = 0xe0)]
    chip: PortRegion<Chip, Indexed>,
    /// The other two.
    #[ports(base = 0xe2)]
    pair: PortRegion<Pair>,
    #[pci_driver(name = "vm_ports_card", ids = [(0x8086, 0x10d3)])]
    card: card::Driver,
    #[pci_driver(name = "vm_ports_refused", ids = [(0x1234, 0x0003)])]
    refused: card::Refused,
    #[platform_driver(name = "vm_ports_memory")]
    memory: memory::Driver,
    /// No attribute: nobody takes it.
    inert: PortRegion<Pair>,
    #[misc(name = "vm_ports", mode = 0o666)]
    node: Node,
    answer: AtomicU64,
}

/// A chip that is configured behind an index.
#[registers(size = 0x100)]
struct Chip {
    #[rw(0x07)]
    device: u8,
    #[rw(0x60)]
    base: u16,
    #[rw(0xff)]
    last: u8,
}

#[registers(size = 0x02)]
struct Pair {
    #[rw(0x00)]
    both: u16,
    #[rw(0x00, alias = both)]
    bytes: [u8; 2],
}

impl Module {
    fn run(&self, command: &str, value: u64) -> Result<u64> {
        let chip = &self.chip;
        Ok(match command {
            "device" => {
                chip.write(Chip::DEVICE, value.try_into()?);
                chip.read(Chip::DEVICE).into()
            }
            "base" => {
                chip.write(Chip::BASE, value.try_into()?);
                chip.read(Chip::BASE).into()
            }
            "last" => {
                chip.update(Chip::LAST, |last| last.wrapping_add(1));
                chip.read_relaxed(Chip::LAST).into()
            }
            "select" => {
                chip.select(value.try_into()?);
                0
            }
            "both" => {
                self.pair.write(Pair::BOTH, value.try_into()?);
                self.pair.read(Pair::BOTH).into()
            }
            "byte" => {
                self.pair
                    .write_relaxed(Pair::BYTES.nth::<1>(), value.try_into()?);
                self.pair.read(Pair::BYTES.nth::<0>()).into()
            }
            "inert" => {
                self.inert.write(Pair::BOTH, 1);
                self.inert.read(Pair::BOTH).into()
            }
            _ => return Err(EINVAL),
        })
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        if self.pair.read(Pair::BOTH) != u16::MAX || self.chip.read(Chip::DEVICE) != u8::MAX {
            pr_err!("ports are still taken");
        }
    }
}

/// What a node's user writes: a command, and a number.
fn command(from: &mut UserReader<'_>, run: impl FnOnce(&str, u64) -> Result<u64>) -> Result<u64> {
    let text = from.read_all(64, GFP_KERNEL)?;
    let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
    let (command, value) = text.split_once(' ').unwrap_or((text, "0"));
    run(command, kmod_core::str::parse(value)?)
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Module = Module;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.module().answer.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let module = file.module();
        let answer = command(from, |command, value| module.run(command, value))?;
        module.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}
