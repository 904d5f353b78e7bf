// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[pci_driver(ids = [(0x1234, 0x11e8)])]
    ticket: DefaultDriver<Card>,
}

#[device]
#[derive(Default)]
struct Card {
    #[dma(bits = 65)]
    ring: DmaBuf<[u32; 16]>,
    #[dma_stream(bits = 28)]
    stream: DmaStream,
    #[dma(bits = "28")]
    last: DmaBuf<[u32; 16]>,
}

fn main() {}
