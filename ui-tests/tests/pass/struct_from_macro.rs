// SPDX-License-Identifier: GPL-2.0-only
//! A macro of the user's writes the struct.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

macro_rules! module {
    ($name:literal, $ident:ident, $device:ident: $ty:ty, $mode:expr, $param:ident = $default:expr) => {
        #[kernel_module(name = $name, license = "GPL", params($param: u32 = $default))]
        #[derive(Default)]
        struct $ident {
            #[chrdev(mode = $mode)]
            $device: $ty,
        }
    };
}

module!("ticket", Ticket, ticket: Dispenser, 0o444, start = 1);

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type Module = Ticket;
}

fn main() {
    let _start = Ticket::params().start();
}
