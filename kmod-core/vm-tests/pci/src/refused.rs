// SPDX-License-Identifier: GPL-2.0-only
//! Drivers of QEMU's `pci-testdev` that cannot be bound: each fails at another step.

use kmod_core::prelude::*;

/// BAR 0 has 4,096 bytes.
#[registers(size = 0x2000)]
struct Long {
    #[rw(0x1ffc)]
    last: u32,
}

/// What there is of it.
#[registers(size = 0x10)]
struct Begin {
    #[rw(0x00)]
    first: u8,
}

/// Its map is longer than its BAR.
#[device]
#[derive(Default)]
pub(crate) struct TooLong {
    #[bar(index = 0)]
    bar: Bar<Long>,
}

/// BAR 1 is of I/O ports.
#[device]
#[derive(Default)]
pub(crate) struct OfPorts {
    #[bar(index = 0)]
    bar: Bar<Begin>,
    #[bar(index = 1)]
    ports: Bar<Begin>,
}

/// No machine has memory for so few bits.
#[device]
#[derive(Default)]
pub(crate) struct TooNarrow {
    #[dma(bits = 1)]
    buffer: DmaBuf<u64>,
}

/// The same, for memory that is mapped.
#[device]
#[derive(Default)]
pub(crate) struct NarrowStream {
    #[dma_stream(bits = 1)]
    stream: DmaStream,
}

/// Its last object cannot be registered: there is no such CPU.
#[device]
#[derive(Default)]
pub(crate) struct Half {
    #[bar(index = 0)]
    bar: Bar<Begin>,
    #[bar(index = 2)]
    memory: Bar<Begin>,
    #[dma]
    buffer: DmaBuf<u64>,
    #[misc(name = "vm_pci_half")]
    node: Node,
    #[kthread(cpu = 8000)]
    thread: Kthread<Nothing>,
}

#[derive(Default)]
struct Nothing;

#[handlers]
impl KthreadHandler for Nothing {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        Ok(())
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Half;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        writeln!(to, "{}", file.instance().memory.read(Begin::FIRST))
    }
}
