// SPDX-License-Identifier: GPL-2.0-only
//! The machine's memory in KiB: `cat /proc/sys/meminfo/free`.
//!
//! `kmod-core` has no wrapper for what it asks the kernel; `meminfo-sys`, beside it, has, and all the
//! `unsafe` of the module.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use meminfo_sys::{OomNotifier, OutOfMemory, file_pages, meminfo};

/// Tells how much memory there is
#[kernel_module(name = "meminfo", license = "GPL", authors = ["The kmod developers"])]
struct Info {
    /// /proc/sys/meminfo/total: all that the kernel may use.
    #[sysctl(path = "meminfo/total", mode = 0o444)]
    total: Pages,
    /// /proc/sys/meminfo/free: what nobody uses.
    #[sysctl(path = "meminfo/free", mode = 0o444)]
    free: Pages,
    /// /proc/sys/meminfo/files: what was read from files, or is to be written to them.
    #[sysctl(path = "meminfo/files", mode = 0o444)]
    files: Pages,
    /// /proc/sys/meminfo/shortages: how often the kernel ran out.
    #[sysctl(path = "meminfo/shortages", mode = 0o444)]
    shortages: AtomicU32,
    /// An object that `meminfo-sys` brings.
    #[object]
    notifier: OomNotifier,
}

impl KernelModule for Info {
    fn init(_params: &InfoParams) -> Result<Self> {
        Ok(Self {
            total: Pages(|| meminfo().total),
            free: Pages(|| meminfo().free),
            files: Pages(file_pages),
            shortages: AtomicU32::new(0),
            notifier: OomNotifier::new(),
        })
    }
}

impl OutOfMemory for Info {
    fn out_of_memory(&self) -> u64 {
        self.shortages.fetch_add(1, Ordering::Relaxed);
        0
    }
}

/// A number of pages, which is asked for when it is read.
struct Pages(fn() -> u64);

impl Sysctl for Pages {
    type Module = Info;

    fn read(&self, _info: &Info, to: &mut SysctlWriter<'_>) -> Result {
        if !to.is_at_start() {
            return Ok(());
        }
        let kib = u64::from(meminfo().page_size / 1024);
        writeln!(to, "{}", (self.0)().saturating_mul(kib))
    }
}
