// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[proc(path = "ticket/stats")]
    stats: Stats,
}

#[derive(Default)]
struct Stats;

#[handlers]
impl TextFile for Stats {
    fn show(&mut self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        writeln!(to, "text")
    }
}

fn main() {}
