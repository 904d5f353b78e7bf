// SPDX-License-Identifier: GPL-2.0-only
//! Names what the crate uses of the target kernel.

use kmod_build::bindings::{Builder, Error};

fn main() -> Result<(), Error> {
    Builder::new()
        .header("c/meminfo.h")
        .function("si_meminfo")
        .type_("sysinfo")
        .helper("c/meminfo.c")
        .host("src/host.rs")
        .generate()
}
