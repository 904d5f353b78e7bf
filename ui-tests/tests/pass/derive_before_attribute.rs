// SPDX-License-Identifier: GPL-2.0-only
//! A derive above the attribute sees the fields with their attributes.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

#[derive(Debug, Default)]
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[chrdev]
    ticket: Dispenser,
    count: u32,
}

#[derive(Debug, Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type Module = Ticket;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result {
        pr_info!("{}", file.module().count);
        Ok(())
    }
}

fn main() {}
