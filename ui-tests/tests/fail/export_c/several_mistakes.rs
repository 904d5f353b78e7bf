// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c(name = "next")]
async fn __next<T>(_step: impl Into<u32>, (_a, _b): (u8, T)) -> ! {
    loop {}
}

fn main() {}
