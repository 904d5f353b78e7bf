// SPDX-License-Identifier: GPL-2.0-only
//! Builds, runs and tests Linux kernel modules written in Rust.

fn main() {}
