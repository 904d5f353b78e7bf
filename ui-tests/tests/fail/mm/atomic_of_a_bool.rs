// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn flag(buffer: &VmallocBuffer) -> Result<&AtomicBool> {
    buffer.atomic(0)
}

fn main() {}
