// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc(name = "ticket{index}")]
    node: Node,
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {}

fn main() {}
