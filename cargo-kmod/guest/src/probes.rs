// SPDX-License-Identifier: GPL-2.0-only
//! Whether functions can be probed.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write as _};

use crate::mount;

/// Some function of every kernel.
const FUNCTION: &str = "do_sys_openat2";

/// Whether the kernel takes probes where functions begin. Where its tracer (ftrace) patches that very instruction, it
/// takes them only if both know of each other: Debian's 6.12 for riscv64 does not, and answers `EINVAL`, to C, too.
///
/// # Errors
/// When the kernel cannot be asked.
pub fn takes_probes() -> io::Result<bool> {
    let tracing = mount("tracefs")?;
    let open = OpenOptions::new()
        .append(true)
        .open(tracing.join("kprobe_events"));
    let mut events = match open {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        open => open?,
    };
    match events.write_all(format!("p:kmod_test_asks {FUNCTION}\n").as_bytes()) {
        Ok(()) => events.write_all(b"-:kmod_test_asks\n").map(|()| true),
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(false),
        Err(error) => Err(error),
    }
}
