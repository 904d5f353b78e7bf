// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls of the kernel's handlers, and of handlers of one's own. `twin/bench_sysctl_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::str::parse;

/// Sysctls
#[kernel_module(name = "bench_sysctl", license = "GPL")]
#[derive(Default)]
struct Sysctls {
    #[sysctl(path = "bench_sysctl/int")]
    int: AtomicI32,
    #[sysctl(path = "bench_sysctl/bool")]
    bool: AtomicBool,
    #[sysctl(path = "bench_sysctl/string")]
    string: SysctlString<16>,
    #[sysctl(path = "bench_sysctl/row")]
    row: [AtomicI32; 4],
    #[sysctl(path = "bench_sysctl/hex", format = hex)]
    hex: AtomicU32,
    #[sysctl(path = "bench_sysctl/watched", range = 0..=99_999, on_change = Sysctls::changed)]
    watched: AtomicI32,
    #[sysctl(path = "bench_sysctl/watched_row", on_change = Sysctls::changed)]
    watched_row: [AtomicI32; 4],
    #[sysctl(path = "bench_sysctl/own")]
    own: Own,
    changes: AtomicU32,
}

impl Sysctls {
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }
}

/// A number that is shown and parsed here.
#[derive(Default)]
struct Own(AtomicU32);

impl Sysctl for Own {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", self.0.load(Ordering::Relaxed))
    }

    fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
        self.0.store(parse(data)?, Ordering::Relaxed);
        Ok(())
    }
}
