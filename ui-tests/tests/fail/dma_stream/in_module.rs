// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Maps memory
#[kernel_module(name = "streams", license = "GPL")]
#[derive(Default)]
struct Streams {
    #[dma_stream]
    stream: DmaStream,
}

fn main() {}
