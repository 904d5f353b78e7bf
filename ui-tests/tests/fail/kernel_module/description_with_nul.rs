// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", description = "Hands \0out")]
#[derive(Default)]
struct Ticket;

fn main() {}
