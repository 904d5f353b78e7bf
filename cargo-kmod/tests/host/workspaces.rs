// SPDX-License-Identifier: GPL-2.0-only
//! Verbs in a workspace of several modules.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::kmod;
use crate::tree::kdir;

#[test]
fn all_modules_or_those_that_are_named_are_built() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"ws_*\"]\n";
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    for name in ["ws_one", "ws_two", "ws_three"] {
        let said = kmod(root, &["new", name]).run();
        assert_eq!(said.code, 0, "{said:?}");
    }
    // A crate that is no module.
    fs::remove_file(root.join("ws_three/Makefile")).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).unwrap();
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let built = |place: &str, args: &[&str]| {
        let said = kmod(&root.join(place), &[&["build"], args].concat())
            .env("CARGO_TARGET_DIR", target.as_os_str())
            .run();
        assert_eq!(said.code, 0, "{said:?}");
        let lines = said.out.lines().filter_map(|line| line.split_once(".ko ("));
        let names = lines.filter_map(|(file, _)| Some(file.rsplit_once('/')?.1.to_owned()));
        names.collect::<Vec<_>>()
    };
    assert_eq!(built("", &[]), ["ws_one", "ws_two"]);
    assert_eq!(built("ws_two", &[]), ["ws_two"]);
    assert_eq!(built("ws_two", &["--workspace"]), ["ws_one", "ws_two"]);
    assert_eq!(
        built("", &["-p", "ws_two", "-p", "ws_one"]),
        ["ws_two", "ws_one"]
    );
    let said = kmod(root, &["verify"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    for name in ["ws_one", "ws_two"] {
        assert!(
            said.out.contains(&format!("{name}.ko is as kernel ")),
            "{said:?}"
        );
    }
}

/// A crate that compiles only with its one feature, and without the default one.
#[test]
fn features_reach_the_crate() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "features"]).run();
    let krate = folder.path().join("features");
    let add = |file: &str, text: &str| {
        let file = krate.join(file);
        let old = fs::read_to_string(&file).unwrap();
        fs::write(file, old + text).unwrap();
    };
    add(
        "Cargo.toml",
        "\n[features]\ndefault = [\"loud\"]\nloud = []\nquiet = []\n",
    );
    add(
        "src/lib.rs",
        "\n#[cfg(any(feature = \"loud\", not(feature = \"quiet\")))]\ncompile_error!(\"too loud\");\n",
    );
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let run = |args: &[&str]| {
        let run = kmod(&krate, args);
        run.env("CARGO_TARGET_DIR", target.as_os_str()).run()
    };
    let said = run(&["build"]);
    assert!(said.code != 0 && said.err.contains("too loud"), "{said:?}");
    let quiet = ["--no-default-features", "--features", "quiet", "--offline"];
    let said = run(&[&["build"], &quiet[..]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    // Userspace's side is compiled of it, too.
    let said = run(&[&["uapi"], &quiet[..]].concat());
    assert!(said.err.contains("shares nothing"), "{said:?}");
    // The programs that would go into the VM are built of it.
    let said = run(&[&["test", "--dry-run", "--locked"], &quiet[..]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let made = Command::new("make")
        .current_dir(&krate)
        .arg(format!("KDIR={}", kdir().display()))
        .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
        .arg("CARGO_KMOD_FLAGS=--no-default-features --features quiet")
        .env("CARGO_TARGET_DIR", target)
        .env_remove("MAKEFLAGS")
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
}
