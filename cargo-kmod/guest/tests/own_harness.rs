// SPDX-License-Identifier: GPL-2.0-only
//! A test with a harness of its own: all of it is one test, which is started once, in the VM.

fn main() {
    assert!(
        std::env::var_os("KMOD_GUEST").is_some(),
        "started on the host"
    );
    assert_eq!(std::env::args().count(), 1, "started for something else");
    assert!(!kmod_test::is_loaded("vmfault"));
}
