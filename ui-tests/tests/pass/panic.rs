// SPDX-License-Identifier: GPL-2.0-only
//! A module that says what becomes of panics. That it has none is looked at when it is linked for a
//! kernel.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

#[derive(Default)]
#[kernel_module(name = "calm", license = "GPL", panic = "forbid")]
struct Calm;

fn main() {}
