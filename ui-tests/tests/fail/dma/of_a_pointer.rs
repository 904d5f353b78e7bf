// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[dma]
    buffer: DmaBuf<[&'static u8; 4]>,
}

fn main() {}
