// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[tracepoint(name = "signal_generate")]
    opens: Kprobe<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KprobeHandler for Opens {
    fn entered(&self, _call: &KprobeCall<'_, Self>) {}
}

fn main() {}
