// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Card {
    #[dma_stream]
    buffer: DmaBuf<u32>,
    #[dma]
    stream: DmaStream,
}

fn main() {}
