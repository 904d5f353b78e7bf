// SPDX-License-Identifier: GPL-2.0-only
//! A module that says all about itself. `twin/vm_modinfo_c.c` says the same in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Not the description: there is a key for it.
#[kernel_module(
    name = "vm_modinfo",
    license = "Dual MIT/GPL",
    authors = ["Ada \"the first\" <ada@example.org>", "Zoë"],
    description = "100% of \\ the keys\tthere are",
    version = "1.2.3-rc4",
    alias = ["vm-alias", "pci:v00001234d*"],
    softdep = "pre: crc32c_generic post: loop",
    firmware = ["vm/one.bin", "vm/two.bin"],
    import_ns = ["VM_NAMESPACE"],
    params(
        /// A number, in
        /// two lines.
        number: u32 = 1,
        undocumented: bool = false,
    ),
)]
#[derive(Default)]
struct Modinfo;
