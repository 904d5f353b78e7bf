// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[kretprobe(symbol = "do_sys_openat2", maxactive = 0)]
    opens: Kretprobe<Opens>,
    #[kretprobe(symbol = "do_sys_openat2", maxactive = 5000)]
    more: Kretprobe<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KretprobeHandler for Opens {
    fn returned(&self, _call: &KretprobeReturn<'_, Self>) {}
}

fn main() {}
