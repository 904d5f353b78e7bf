// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[proc(path = "ticket/sold")]
struct Ticket;

fn main() {}
