// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod uapi` writes is what was reviewed.

use std::fs;
use std::path::Path;

use crate::support::kmod;

#[test]
fn header_and_crate_are_those_reviewed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let reviewed = root.join("kmod-core/vm-tests/ioctl/uapi");
    let out = tempfile::tempdir().unwrap();
    let out = out.path().to_str().unwrap();
    let run = kmod(&root, &["uapi", "-p", "vm-ioctl", "--out", out]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    for file in [
        "vm_ioctl.h",
        "vm-ioctl-uapi/Cargo.toml",
        "vm-ioctl-uapi/src/lib.rs",
    ] {
        let now = fs::read_to_string(Path::new(out).join(file)).unwrap();
        let then = fs::read_to_string(reviewed.join(file)).unwrap();
        assert_eq!(
            now, then,
            "{file} changed; to accept: cargo kmod uapi -p vm-ioctl --out kmod-core/vm-tests/ioctl/uapi"
        );
    }
}

#[test]
fn a_module_that_shares_nothing_says_so() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = kmod(&root, &["uapi", "-p", "hello"]).run();
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("shares nothing with userspace"),
        "{}",
        run.err
    );
}
