// SPDX-License-Identifier: GPL-2.0-only
//! Loading and unloading, of modules that declare something.

use std::io;

use crate::clock::{self, Method};

/// The first turns fill the kernel's caches.
const METHOD: Method = Method { calls: 1, warm: 2 };

/// Of each pair `NAME`, `NAME_c`. What the kernel gives to neither side is left out: it has 128
/// dynamic minors for misc devices, or a million, by its version.
pub fn measure(modules: &[&str]) -> io::Result<()> {
    for module in modules {
        let twin = format!("{module}_c");
        let operation = format!("insmod+rmmod, {module}");
        match (cycle(module), cycle(&twin)) {
            (Err(ours), Err(twin)) if ours.raw_os_error() == twin.raw_os_error() => {
                clock::leave_out(&operation, &twin);
            }
            (ours, twin_once) => {
                ours.and(twin_once)?;
                let costs = clock::costs(METHOD, [*module, &*twin], cycle)?;
                clock::tell(&operation, &costs);
            }
        }
    }
    Ok(())
}

fn cycle(name: &str) -> io::Result<()> {
    let loaded = kmod_test::load_named(name, &[])?;
    loaded.unload().map_err(|(_, error)| error)
}
