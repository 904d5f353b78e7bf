// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's randomness, handed out and taken in through sysctls.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::random::{add_randomness, getrandom, getrandom_nonblock};

/// The kernel's randomness
#[kernel_module(
    name = "vm_random",
    license = "GPL",
    description = "The kernel's randomness for the tests"
)]
#[derive(Default)]
struct Random {
    #[sysctl(path = "vm_random/blocking", mode = 0o444)]
    blocking: Blocking,
    #[sysctl(path = "vm_random/nonblocking", mode = 0o444)]
    nonblocking: Nonblocking,
    #[sysctl(path = "vm_random/entropy", mode = 0o200)]
    entropy: Entropy,
}

#[derive(Default)]
struct Blocking;

impl Sysctl for Blocking {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        to.fill(getrandom)
    }
}

#[derive(Default)]
struct Nonblocking;

impl Sysctl for Nonblocking {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        to.fill(getrandom_nonblock)
    }
}

#[derive(Default)]
struct Entropy;

impl Sysctl for Entropy {
    type Module = ();

    fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
        add_randomness(data);
        Ok(())
    }
}
