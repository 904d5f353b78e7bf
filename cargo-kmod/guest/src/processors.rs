// SPDX-License-Identifier: GPL-2.0-only
//! Doing something with one processor, where the VM cannot with two.

use std::fs;
use std::io;

const SECOND: &str = "/sys/devices/system/cpu/cpu1/online";

/// On new kernels, the second processor is off while this is there.
#[derive(Debug)]
#[must_use = "the second processor is on again when this is dropped"]
pub struct OneProcessor(bool);

impl OneProcessor {
    /// For tests that have the kernel patch code which all run: its scheduler's where trace events are switched on
    /// and off, that of signals and system calls where a handler comes to a tracepoint and goes. Under QEMU 7.2,
    /// another processor may still run the breakpoint that stood there meanwhile once 7.3 does not expect it any
    /// more, of which it dies: with nothing but a module in C, too.
    ///
    /// # Errors
    /// When the kernel keeps it on.
    pub fn on_new_kernels() -> io::Result<Self> {
        let release = fs::read_to_string("/proc/sys/kernel/osrelease")?;
        let is_new = release.starts_with('7');
        if is_new {
            fs::write(SECOND, "0")?;
        }
        Ok(Self(is_new))
    }
}

impl Drop for OneProcessor {
    fn drop(&mut self) {
        if self.0 && fs::write(SECOND, "1").is_err() {
            eprintln!("the second processor stays off");
        }
    }
}
