// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[tracepoint(name = "signal_generate")]
    opens: Tracepoint<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl TracepointHandler for Opens {
    fn probe(&self, _call: &TracepointCall<'_, Self>) {}
}

fn main() {}
