// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Node;

#[handlers]
impl FileOperations for Node {}

fn main() {}
