// SPDX-License-Identifier: GPL-2.0-only
//! A module without objects and without state.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

#[derive(Default)]
#[kernel_module(name = "unit", license = "GPL v2")]
struct Unit;

fn main() {}
