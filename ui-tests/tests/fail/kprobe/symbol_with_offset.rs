// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[kprobe(symbol = "do_sys_openat2+0x10")]
    opens: Kprobe<Opens>,
    #[kprobe(symbol = "vfs_read()")]
    reads: Kprobe<Opens>,
    #[kprobe(symbol = "vfs write")]
    writes: Kprobe<Opens>,
    #[kprobe(symbol = "0xffffffff81000000")]
    other: Kprobe<Opens>,
    #[kprobe(symbol = "")]
    none: Kprobe<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KprobeHandler for Opens {
    fn entered(&self, _call: &KprobeCall<'_, Self>) {}
}

fn main() {}
