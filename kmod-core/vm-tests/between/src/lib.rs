// SPDX-License-Identifier: GPL-2.0-only
//! A module between two others: it uses what `twin/vm_provider.c` exports, and `twin/vm_consumer.c` what it exports
//! itself.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use vm_between_sys::twice;

/// Uses another module's functions, and has some for others
#[kernel_module(
    name = "vm_between",
    license = "GPL",
    params(
        /// Whether it is not loaded after all
        fail: bool = false,
    ),
)]
struct Between {
    /// How often others have called.
    #[sysctl(path = "vm_between/calls", mode = 0o444)]
    calls: Calls,
    /// 21, by the other module.
    #[sysctl(path = "vm_between/twice", mode = 0o444)]
    twice: AtomicU32,
}

impl KernelModule for Between {
    fn init(params: &BetweenParams) -> Result<Self> {
        if params.fail() {
            return Err(ENOMEM);
        }
        Ok(Self {
            calls: Calls,
            twice: AtomicU32::new(twice(21)),
        })
    }
}

static CALLS: AtomicU32 = AtomicU32::new(0);

struct Calls;

impl Sysctl for Calls {
    type Module = Between;

    fn read(&self, _: &Between, to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", CALLS.load(Ordering::Relaxed))
    }
}

/// Two numbers.
#[uapi]
struct Pair {
    one: u32,
    other: u32,
}

/// The sum of two numbers.
#[export(gpl)]
fn vm_between_sum(pair: &Pair) -> u32 {
    CALLS.fetch_add(1, Ordering::Relaxed);
    pair.one.wrapping_add(pair.other)
}

/// One for those only that import the namespace.
#[export(gpl, namespace = "VM_BETWEEN")]
fn vm_between_hidden() -> u32 {
    CALLS.fetch_add(1, Ordering::Relaxed);
    twice(4)
}
