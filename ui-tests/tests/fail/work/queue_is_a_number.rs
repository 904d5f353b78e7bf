// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[work(queue = 1)]
    flush: Work<Flush>,
}

#[derive(Default)]
struct Flush;

#[handlers]
impl WorkHandler for Flush {
    fn run(&self, _work: &WorkCall<'_, Self>) {}
}

fn main() {}
