// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn main() {
    let text = "number";
    pr_info!(text);
}
