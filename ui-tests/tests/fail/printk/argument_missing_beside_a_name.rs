// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn main() {
    let number = 1;
    pr_info!("{} is not {number}");
}
