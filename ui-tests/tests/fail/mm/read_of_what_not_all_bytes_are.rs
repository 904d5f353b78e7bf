// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Page {
    open: bool,
}

fn look(buffer: &VmallocBuffer) -> Result<bool> {
    Ok(buffer.read::<Page>(0)?.open)
}

fn main() {}
