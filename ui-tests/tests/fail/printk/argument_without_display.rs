// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn main() {
    struct Ticket;
    pr_info!("{}", Ticket);
}
