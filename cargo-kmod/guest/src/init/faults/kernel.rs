// SPDX-License-Identifier: GPL-2.0-only
//! How the kernel is told which allocations and copies of a thread are to fail.

use std::fs;
use std::io;
use std::path::Path;

const DEBUG: &str = "/sys/kernel/debug";

/// What stacks are logged with is not told on the console: there are thousands, and they are slow.
const LEVELS: &str = "5 5 1 8";

/// Settings: file, value. All sizes and kinds of allocations may fail, those that could wait, too; of slabs those that
/// the kernel's command line has marked: without memory, what watches the kernel would watch no longer.
const SETTINGS: &[(&str, &str)] = &[
    ("failslab/cache-filter", "Y"),
    ("failslab/ignore-gfp-wait", "N"),
    ("failslab/verbose", "2"),
    ("fail_page_alloc/ignore-gfp-highmem", "N"),
    ("fail_page_alloc/ignore-gfp-wait", "N"),
    ("fail_page_alloc/min-order", "0"),
    ("fail_page_alloc/verbose", "2"),
    ("fail_usercopy/verbose", "2"),
];

/// Prepares the kernel. Nothing fails by that alone.
pub fn prepare() -> io::Result<()> {
    for (file, value) in SETTINGS {
        let file = Path::new(DEBUG).join(file);
        fs::write(&file, value)
            .map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
    }
    fs::write("/proc/sys/kernel/printk", LEVELS)
}

/// Has the `nth` allocation or copy of a thread fail, counted from now; 0 for none.
pub fn arm(thread: i32, nth: u32) -> io::Result<()> {
    fs::write(format!("/proc/{thread}/fail-nth"), nth.to_string())
}

/// How many are left until one fails, and none are any more; 0 once it has failed.
pub fn left(thread: i32) -> io::Result<u32> {
    let text = fs::read_to_string(format!("/proc/{thread}/fail-nth"))?;
    text.trim().parse().map_err(io::Error::other)
}
