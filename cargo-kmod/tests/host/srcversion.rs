// SPDX-License-Identifier: GPL-2.0-only
//! `srcversion` changes with the sources, as that of a module in C: DKMS compares it.

use std::fs;
use std::path::Path;
use std::process::Command;

use object::{Object as _, ObjectSection as _};

use crate::support::kmod;
use crate::tree::kdir;

/// What the module says of the sources, after a build by kbuild.
fn srcversion(krate: &Path) -> String {
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let made = Command::new("make")
        .arg("-C")
        .arg(kdir())
        .arg(format!("M={}", krate.display()))
        .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
        .arg("modules")
        .env("CARGO_TARGET_DIR", target)
        .env_remove("MAKEFLAGS")
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let data = fs::read(krate.join("srcversion.ko")).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let info = file.section_by_name(".modinfo").unwrap().data().unwrap();
    let mut lines = info.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let line = lines.find_map(|line| Some(line.strip_prefix("srcversion=")?.to_owned()));
    line.expect("a module with a version has one")
}

#[test]
fn it_changes_with_the_sources() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "srcversion"]).run();
    let krate = folder.path().join("srcversion");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
    let lib = krate.join("src/lib.rs");
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(&lib).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&lib, text.replace(from, to)).unwrap();
    };
    edit("license = \"GPL\",", "license = \"GPL\", version = \"1\",");
    let first = srcversion(&krate);
    assert_eq!(first, srcversion(&krate));
    // The same object.
    edit("pos: u64", "at: u64");
    edit(", pos)", ", at)");
    let renamed = srcversion(&krate);
    assert_ne!(first, renamed);
    edit("Hello", "Good morning");
    let other = srcversion(&krate);
    assert_ne!(renamed, other);
    edit("Good morning", "Hello");
    edit("at: u64", "pos: u64");
    edit(", at)", ", pos)");
    assert_eq!(first, srcversion(&krate));
}
