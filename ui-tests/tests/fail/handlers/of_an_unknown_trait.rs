// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Tick;

trait Expiry {}

#[handlers]
impl Expiry for Tick {}

fn main() {}
