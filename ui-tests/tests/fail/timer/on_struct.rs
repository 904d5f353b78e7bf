// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[timer]
struct Tick;

fn main() {}
