// SPDX-License-Identifier: GPL-2.0-only
//! Loading and unloading, of modules that declare something.

use std::io;

use crate::clock;

/// Of each pair `NAME`, `NAME_c`.
pub fn measure(modules: &[&str]) -> io::Result<()> {
    for module in modules {
        let twin = format!("{module}_c");
        let cycle = |name: &str| -> io::Result<()> {
            let loaded = kmod_test::load_named(name, &[])?;
            loaded.unload().map_err(|(_, error)| error)
        };
        let mut least = [u64::MAX; 2];
        for turn in 0..20 {
            for (side, name) in [*module, twin.as_str()].iter().enumerate() {
                let start = clock::own();
                cycle(name)?;
                // The first turns fill the kernel's caches.
                if turn >= 2 {
                    least[side] = least[side].min(clock::own() - start);
                }
            }
        }
        let [ours, twin] = least.map(|cost| cost as f64);
        clock::tell(&format!("insmod+rmmod, {module}"), ours, twin);
    }
    Ok(())
}
