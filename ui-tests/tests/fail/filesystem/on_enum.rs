// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[filesystem(name = "notesfs")]
enum Notes {}

fn main() {}
