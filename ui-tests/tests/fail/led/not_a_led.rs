// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[led]
    status: AtomicU32,
}

fn main() {}
