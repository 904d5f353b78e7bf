// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod new`: what it writes, what it refuses.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::kmod;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_crate_has_all_its_files_and_no_placeholder() {
    let dir = folder();
    let said = kmod(dir.path(), &["new", "greet"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    for file in [
        "Cargo.toml",
        "Makefile",
        "src/lib.rs",
        "tests/greet.rs",
        ".gitignore",
    ] {
        let text = fs::read_to_string(dir.path().join("greet").join(file)).unwrap();
        assert!(
            ["@NAME@", "@MODULE@", "@CRATE@", "@VERSION@"]
                .iter()
                .all(|place| !text.contains(place)),
            "{file}: {text}"
        );
    }
    let source = fs::read_to_string(dir.path().join("greet/src/lib.rs")).unwrap();
    assert!(source.contains("#![forbid(unsafe_code)]"), "{source}");
}

/// What others get of it leads to no place of this machine; each machine says where it has the framework.
#[test]
fn it_is_the_same_for_everybody() {
    let dir = folder();
    kmod(dir.path(), &["new", "greet"]).run();
    let krate = dir.path().join("greet");
    let manifest = fs::read_to_string(krate.join("Cargo.toml")).unwrap();
    let version = format!("kmod-core = \"={}\"", env!("CARGO_PKG_VERSION"));
    assert!(
        manifest.contains(&version) && !manifest.contains("path"),
        "{manifest}"
    );
    let own = krate.join(".cargo");
    let config = || fs::read_to_string(own.join("config.toml")).unwrap();
    let written = config();
    assert!(written.contains("kmod-core\" }\nkmod-test"), "{written}");
    // git leaves it out.
    let git = Command::new("git")
        .arg("init")
        .arg("-q")
        .arg(&krate)
        .status();
    assert!(git.unwrap().success());
    let status = Command::new("git")
        .args(["status", "--porcelain", "--untracked-files=all"])
        .current_dir(&krate)
        .output()
        .unwrap();
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(
        status.contains("Cargo.toml") && !status.contains(".cargo"),
        "{status}"
    );
    // As with somebody else, at the first verb.
    fs::remove_dir_all(&own).unwrap();
    let verb = || kmod(&krate, &["build", "-k", "none"]).run();
    assert!(verb().err.contains("no kernel none"));
    assert_eq!(config(), written);
    // And after their clone has moved.
    let moved = written.replace(env!("CARGO_MANIFEST_DIR"), "/nowhere/cargo-kmod");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let moved = moved.replace(root.to_str().unwrap(), "/nowhere");
    fs::write(own.join("config.toml"), moved).unwrap();
    verb();
    assert_eq!(config(), written);
}

#[test]
fn its_source_and_tests_compile_on_the_host_without_a_warning() {
    let dir = folder();
    kmod(dir.path(), &["new", "greet"]).run();
    let krate = dir.path().join("greet");
    lock_as_the_framework(&krate);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--all-targets", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("new"))
        .env("RUSTFLAGS", "-Dwarnings")
        .current_dir(&krate)
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{err}");
}

#[test]
fn it_builds_and_its_tests_pass_in_the_vm_unchanged() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tmp.join("new-in-vm");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    // kbuild takes such a name, and makes `greet_2` of it.
    kmod(&folder, &["new", "greet-2"]).run();
    let krate = folder.join("greet-2");
    lock_as_the_framework(&krate);
    // What the framework's own tests in the VM compile is not compiled again.
    let target = tmp.parent().unwrap().as_os_str();
    let said = kmod(&krate, &["test"])
        .env("CARGO_TARGET_DIR", target)
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("2 passed, 0 failed"), "{said:?}");
}

/// The versions that the framework itself was tested with.
fn lock_as_the_framework(krate: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
}

#[test]
fn rustfmt_has_nothing_to_change_in_it() {
    let dir = folder();
    kmod(dir.path(), &["new", "greet"]).run();
    let output = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--check",
            "src/lib.rs",
            "tests/greet.rs",
        ])
        .current_dir(dir.path().join("greet"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn below_another_workspace_it_stands_alone() {
    let dir = folder();
    fs::write(dir.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let said = kmod(dir.path(), &["new", "greet"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    let manifest = fs::read_to_string(dir.path().join("greet/Cargo.toml")).unwrap();
    assert!(manifest.contains("[workspace]"), "{manifest}");
}

#[test]
fn a_folder_that_exists_is_left_alone() {
    let dir = folder();
    fs::create_dir(dir.path().join("greet")).unwrap();
    let said = kmod(dir.path(), &["new", "greet"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("greet exists already"), "{said:?}");
    assert_eq!(fs::read_dir(dir.path().join("greet")).unwrap().count(), 0);
}

#[test]
fn a_name_that_kbuild_would_refuse_names_the_rule_and_a_better_one() {
    let dir = folder();
    for (name, rule, better) in [
        ("hello world", "letters, digits, _ and -", "`hello_world`"),
        (&"a".repeat(56), "55 characters", "= help: try"),
    ] {
        let said = kmod(dir.path(), &["new", name]).run();
        assert_eq!(said.code, 2, "{said:?}");
        assert!(
            said.err.contains(rule) && said.err.contains(better),
            "{said:?}"
        );
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_wrong_source_of_the_framework_is_told() {
    let dir = folder();
    let said = kmod(dir.path(), &["new", "greet", "--kmod-path", "/usr"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("--kmod-path"), "{said:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// Cargo takes no such names: the crate is called otherwise.
#[test]
fn names_that_kbuild_takes_are_taken() {
    let dir = folder();
    for (name, krate) in [
        ("8250", "module-8250"),
        ("fn", "module-fn"),
        ("my-mod", "my-mod"),
    ] {
        let said = kmod(dir.path(), &["new", name]).run();
        assert_eq!(said.code, 0, "{said:?}");
        let text = |file: &str| fs::read_to_string(dir.path().join(name).join(file)).unwrap();
        assert!(text("Cargo.toml").contains(&format!("name = \"{krate}\"")));
        assert!(text("Makefile").contains(&format!("\nNAME := {name}\n")));
        let module = name.replace('-', "_");
        assert!(text("src/lib.rs").contains(&format!("name = \"{module}\",")));
    }
}
