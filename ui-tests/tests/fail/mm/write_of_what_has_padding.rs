// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;
use kmod_core::zerocopy::{Immutable, IntoBytes};

#[derive(IntoBytes, Immutable)]
#[zerocopy(crate = "kmod_core::zerocopy")]
#[repr(C)]
struct Page {
    kind: u8,
    number: u32,
}

fn show(buffer: &VmallocBuffer) -> Result {
    buffer.write(0, &Page { kind: 1, number: 2 })
}

fn main() {}
