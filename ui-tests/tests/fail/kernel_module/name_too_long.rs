// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket_ticket_ticket_ticket_ticket_ticket_ticket_ticket_",
    license = "GPL"
)]
#[derive(Default)]
struct Ticket;

fn main() {}
