// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Tick;

#[handlers]
impl Tick {}

fn main() {}
