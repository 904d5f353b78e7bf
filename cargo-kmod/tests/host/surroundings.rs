// SPDX-License-Identifier: GPL-2.0-only
//! Surroundings in which plain cargo and kbuild work: modules are built in them, too.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::kmod;
use crate::tree::kdir;

/// `make` by hand in a new crate's folder.
fn make(krate: &Path) -> Command {
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut make = Command::new("make");
    make.current_dir(krate)
        .arg(format!("KDIR={}", kdir().display()))
        .env("CARGO_TARGET_DIR", target)
        .env_remove("MAKEFLAGS");
    make
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn as_dkms_and_services_call_it() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "surroundings"]).run();
    let krate = folder.path().join("surroundings");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
    let kdir = kdir();
    let release = kdir.file_name().unwrap().to_string_lossy();
    let release = release.trim_start_matches("linux-headers-");

    let tool = format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod"));
    let made = make(&krate)
        .arg(&tool)
        // A compiler of several words, as with ccache.
        .arg("CC=env MINE=1 gcc")
        .arg(format!("KERNELRELEASE={release}"))
        .env("KERNELRELEASE", release)
        .env_remove("HOME")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", said(&made));
    assert!(krate.join("surroundings.ko").is_file(), "{}", said(&made));

    // A PATH without cargo, as sudo leaves it.
    let made = make(&krate)
        .arg("CARGO_KMOD=no-cargo kmod")
        .output()
        .unwrap();
    assert!(!made.status.success());
    let text = said(&made);
    for words in ["error: there is no no-cargo in PATH", "= help: "] {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
}

/// `cargo +nightly kmod build`: rustup says so in a variable.
#[test]
fn the_toolchain_that_was_named_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = env::var_os("PATH").unwrap();
    let mut folders = env::split_paths(&path);
    let real = folders.find(|dir| dir.join("rustc").exists()).unwrap();
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = --version ] && {{ echo \"rustc 1.99.0 ($RUSTUP_TOOLCHAIN)\"; exit; }}\n\
         unset RUSTUP_TOOLCHAIN\nexec {}/rustc \"$@\"\n",
        real.display()
    );
    let rustc = folder.path().join("rustc");
    fs::write(&rustc, script).unwrap();
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755)).unwrap();
    let folders = [folder.path().to_owned()]
        .into_iter()
        .chain(env::split_paths(&path));
    let path = env::join_paths(folders).unwrap();
    let said = kmod(Path::new("/"), &["doctor"])
        .env("PATH", &path)
        .env("RUSTUP_TOOLCHAIN", "named-by-the-user".as_ref())
        .run();
    assert!(said.out.contains("named-by-the-user"), "{said:?}");
}
