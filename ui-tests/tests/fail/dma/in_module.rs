// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "card", license = "GPL")]
#[derive(Default)]
struct Module {
    #[dma]
    buffer: DmaBuf<[u8; 64]>,
}

fn main() {}
