// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", alias = ["tick\0et"])]
#[derive(Default)]
struct Ticket;

fn main() {}
