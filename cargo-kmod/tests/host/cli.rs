// SPDX-License-Identifier: GPL-2.0-only
//! The command line on bad input: the exit code, the rule, the command that mends it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Said, kmod, module_crate};

/// What the documentation promises for wrong command lines, and for hosts that are not ready.
const USAGE: i32 = 2;
const HOST: i32 = 69;

fn expect(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
}

#[test]
fn no_verb_and_an_unknown_verb_are_usage_errors() {
    assert_eq!(kmod(Path::new("/"), &[]).run().code, USAGE);
    assert_eq!(kmod(Path::new("/"), &["frobnicate"]).run().code, USAGE);
}

#[test]
fn cargo_may_put_its_own_word_in_front() {
    let said = kmod(Path::new("/"), &["kmod", "--version"]).run();
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn outside_any_crate_there_is_nothing_to_build() {
    let said = kmod(Path::new("/"), &["build"]).run();
    expect(&said, USAGE, &["no Cargo.toml", "cargo kmod new"]);
}

#[test]
fn a_kdir_that_does_not_exist_is_named() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["build", "--kdir", "/nope"]).run();
    expect(&said, USAGE, &["KDIR /nope", "= help:"]);
}

#[test]
fn a_kdir_that_is_no_build_folder_is_told_from_one_that_is_not_prepared() {
    let krate = module_crate();
    let kdir = tempfile::tempdir().unwrap();
    let path = kdir.path().to_str().unwrap();
    let said = kmod(krate.path(), &["build", "--kdir", path]).run();
    expect(&said, USAGE, &["no kernel build folder"]);

    fs::write(kdir.path().join("Makefile"), "").unwrap();
    let said = kmod(krate.path(), &["build", "--kdir", path]).run();
    expect(
        &said,
        HOST,
        &[
            "not prepared",
            "include/generated/autoconf.h",
            "modules_prepare",
        ],
    );
}

#[test]
fn a_release_without_headers_lists_those_that_there_are() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["build", "-k", "1.2"]).run();
    expect(
        &said,
        USAGE,
        &["no kernel 1.2 is known", "installed: ", "5.10"],
    );
}

#[test]
fn a_target_folder_that_cannot_be_written_to_is_told_before_the_build() {
    let krate = module_crate();
    let file = krate.path().join("a-file");
    fs::write(&file, "").unwrap();
    let said = kmod(krate.path(), &["build"])
        .env("CARGO_TARGET_DIR", file.as_os_str())
        .run();
    expect(
        &said,
        HOST,
        &["cannot write to the target folder", "CARGO_TARGET_DIR"],
    );
    assert!(!said.err.contains("building"), "{said:?}");
}

#[test]
fn a_crate_without_a_makefile_names_the_template() {
    let krate = module_crate();
    fs::remove_file(krate.path().join("Makefile")).unwrap();
    let said = kmod(krate.path(), &["build"]).run();
    expect(&said, HOST, &["Makefile.template"]);
}

#[test]
fn a_path_with_a_space_is_told_before_the_build() {
    let krate = module_crate();
    let target = krate.path().join("a b");
    let said = kmod(krate.path(), &["build"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    expect(&said, HOST, &["kbuild cannot work with", "a b"]);
}

#[test]
fn a_host_without_make_gets_the_command_that_mends_it() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["build"]).without("make").run();
    expect(
        &said,
        HOST,
        &["the host lacks make", "apt-get install -y make"],
    );
}

#[test]
fn doctor_names_what_is_missing_with_its_command() {
    let said = kmod(Path::new("/"), &["doctor"])
        .without("qemu-system-x86_64")
        .run();
    assert_eq!(said.code, HOST, "{said:?}");
    assert!(said.out.contains("missing  QEMU: "), "{said:?}");
    assert!(
        said.out.contains("apt-get install -y qemu-system-x86"),
        "{said:?}"
    );
    assert!(said.out.contains("ok       make: GNU Make"), "{said:?}");
}

#[test]
fn doctor_passes_where_all_is_there() {
    let said = kmod(Path::new("/"), &["doctor"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.ends_with("all there\n"), "{said:?}");
}

/// `kernels list` with this standard output, and standard error in a pipe.
fn listed_to(out: impl Into<Stdio>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-kmod"))
        .args(["kernels", "list"])
        .stdout(out)
        .output()
        .unwrap()
}

#[test]
fn a_reader_that_has_left_ends_it_quietly() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let said = listed_to(writer);
    assert_eq!(said.status.code(), Some(141), "{said:?}");
    assert!(said.stderr.is_empty(), "{said:?}");
}

#[test]
fn a_full_disk_is_named() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let said = listed_to(full);
    assert_eq!(said.status.code(), Some(HOST), "{said:?}");
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(text.starts_with("error: cannot write to standard output: "));
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn standard_error_may_be_closed_or_full() {
    for full in [true, false] {
        let (_, writer) = std::io::pipe().unwrap();
        let err: Stdio = match full {
            true => fs::File::options()
                .write(true)
                .open("/dev/full")
                .unwrap()
                .into(),
            false => writer.into(),
        };
        let status = Command::new(env!("CARGO_BIN_EXE_cargo-kmod"))
            .arg("build")
            .current_dir("/")
            .stderr(err)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(USAGE));
    }
}
