// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has a battery
#[kernel_module(name = "cells", license = "Proprietary")]
#[derive(Default)]
struct Cells {
    #[power_supply(kind = battery, properties(status))]
    cell: PowerSupply<Cell>,
}

#[derive(Default)]
struct Cell;

fn main() {}
