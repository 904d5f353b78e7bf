// SPDX-License-Identifier: GPL-2.0-only
//! Doing something with one processor, where the VM cannot with two.

use std::fs;
use std::io;

const SECOND: &str = "/sys/devices/system/cpu/cpu1/online";

/// Where QEMU translates the guest's code, the second processor is off while this is there.
#[derive(Debug)]
#[must_use = "the second processor is on again when this is dropped"]
pub struct OneProcessor(bool);

impl OneProcessor {
    /// For tests that have the kernel patch code which all run: its scheduler's where trace events are switched on
    /// and off, that of signals and system calls where a handler comes to a tracepoint and goes. Under QEMU 7.2,
    /// another processor may still run the breakpoint that stood there meanwhile once the kernel does not expect it
    /// any more: 7.3 dies of that, with nothing but a module in C, too, and 6.1 comes by it again for ever.
    ///
    /// # Errors
    /// When the kernel keeps it on.
    pub fn under_translation() -> io::Result<Self> {
        // What QEMU calls the processor that it makes itself.
        let is_translated = fs::read_to_string("/proc/cpuinfo")?.contains("QEMU TCG");
        if is_translated {
            fs::write(SECOND, "0")?;
        }
        Ok(Self(is_translated))
    }
}

impl Drop for OneProcessor {
    fn drop(&mut self) {
        if self.0 && fs::write(SECOND, "1").is_err() {
            eprintln!("the second processor stays off");
        }
    }
}
