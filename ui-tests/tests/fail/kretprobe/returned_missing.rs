// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[kretprobe(symbol = "do_sys_openat2")]
    opens: Kretprobe<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KretprobeHandler for Opens {}

fn main() {}
