// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
fn kmod_spin_unlock(lock: u32) -> u32 {
    lock
}

fn main() {}
