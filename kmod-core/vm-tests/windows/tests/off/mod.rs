// SPDX-License-Identifier: GPL-2.0-only
//! Whether there is a debugfs.

use std::fs;

/// Whether the kernel was booted without debugfs.
pub fn is_off() -> bool {
    let command_line = fs::read_to_string("/proc/cmdline").unwrap();
    command_line.contains("debugfs=off")
}
