// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[filesystem(name = "")]
    notes: Notes,
}

#[derive(Default)]
struct Notes;

impl FileSystem for Notes {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[];
}

fn main() {}
