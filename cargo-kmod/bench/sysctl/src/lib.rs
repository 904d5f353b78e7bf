// SPDX-License-Identifier: GPL-2.0-only
//! Three sysctls. `twin/bench_sysctl_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A number, a switch and a text
#[kernel_module(name = "bench_sysctl", license = "GPL")]
#[derive(Default)]
struct Sysctls {
    #[sysctl(path = "bench_sysctl/int")]
    int: AtomicI32,
    #[sysctl(path = "bench_sysctl/bool")]
    bool: AtomicBool,
    #[sysctl(path = "bench_sysctl/string")]
    string: SysctlString<16>,
}
