// SPDX-License-Identifier: GPL-2.0-only
//! Parameters that describe hardware, and files in debugfs. `twin/vm_lockdown_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Parameters that a locked-down kernel refuses to set, and one that it does not
#[kernel_module(
    name = "vm_lockdown",
    license = "GPL",
    params(
        #[param(perm = 0o644, hw = irq)]
        irq: u32 = 5,
        #[param(perm = 0o644, hw = ioport)]
        ports: [u16; 2] = [0x3f8],
        #[param(perm = 0o644, hw = other)]
        other: bool = false,
        #[param(perm = 0o644)]
        plain: u32 = 1,
    ),
)]
struct VmLockdown {
    #[debugfs(path = "vm_lockdown/fixed")]
    fixed: AtomicU32,
    #[debugfs(path = "vm_lockdown/number", mode = 0o644)]
    number: AtomicU32,
}

impl KernelModule for VmLockdown {
    fn init(_params: &VmLockdownParams) -> Result<Self> {
        Ok(Self {
            fixed: AtomicU32::new(0),
            number: AtomicU32::new(0),
        })
    }
}
