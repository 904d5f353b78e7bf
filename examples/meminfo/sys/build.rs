// SPDX-License-Identifier: GPL-2.0-only
//! Names what the crate uses of the target kernel.

use kmod_build::bindings::{Builder, Error};

fn main() -> Result<(), Error> {
    Builder::new()
        .header("c/meminfo.h")
        .function("si_meminfo")
        .function("(un)?register_oom_notifier")
        .type_("sysinfo")
        .type_("notifier_block")
        .helper("c/meminfo.c")
        .host("src/host.rs")
        .generate()
}
