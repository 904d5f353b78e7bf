// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[dma]
    buffer: KVec<u8>,
}

fn main() {}
