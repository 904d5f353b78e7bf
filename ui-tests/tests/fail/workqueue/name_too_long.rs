// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[workqueue(name = "a_name_of_24_characters_")]
    events: WorkQueue,
}

fn main() {}
