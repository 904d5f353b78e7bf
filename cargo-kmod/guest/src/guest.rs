// SPDX-License-Identifier: GPL-2.0-only
//! Where are we? Only `kmod-init`'s VM may have its kernel touched.

use std::io::Write;
use std::sync::OnceLock;

/// Names the module under test; set by `kmod-init` for each test program.
pub(crate) const MODULE: &str = "KMOD_MODULE";

/// Returns in the VM; on any other machine says why not and ends the program with success.
pub(crate) fn require() {
    if is_guest() {
        return;
    }
    // Not `eprintln!`: the test harness would capture it.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: these tests load a kernel module and run in a VM only: cargo kmod test"
    );
    std::process::exit(0);
}

/// Found out once: what costs are measured with asks at every call.
fn is_guest() -> bool {
    static GUEST: OnceLock<bool> = OnceLock::new();
    *GUEST.get_or_init(|| {
        std::env::var_os("KMOD_GUEST").is_some_and(|v| v == "1")
            && std::fs::read_to_string("/proc/1/comm").is_ok_and(|comm| comm.trim() == "kmod-init")
    })
}

/// The name of the file of the module under test, without `.ko`.
#[must_use]
pub fn module_name() -> String {
    require();
    std::env::var(MODULE).expect("kmod-init sets KMOD_MODULE for a test program")
}

/// The kernel's taint flags.
#[doc(hidden)]
#[must_use]
pub fn tainted() -> u64 {
    std::fs::read_to_string("/proc/sys/kernel/tainted")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or_default()
}
