// SPDX-License-Identifier: GPL-2.0-only
//! What must not compile, with what the compiler says, and what must.
//!
//! `BLESS=1 cargo test -p ui-tests` writes the messages anew; they are those of the oldest
//! toolchain that the workspace supports, and are compared with no other.

// It compiles: its name for `kmod-core` is taken from its manifest.
use ui_tests_renamed as _;

mod cases;
mod editor;
mod linter;
mod messages;
mod other_toolchain;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The toolchain that the messages are of.
const PINNED: &str = env!("CARGO_PKG_RUST_VERSION");

/// What `rustc --version` says.
fn toolchain() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    String::from_utf8(output.expect("rustc runs").stdout).expect("rustc speaks UTF-8")
}

fn is_pinned(version: &str) -> bool {
    let rest = version
        .strip_prefix("rustc ")
        .and_then(|rest| rest.strip_prefix(PINNED));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// All files under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    entries
        .map(|entry| entry.expect("the folder can be read").path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn outputs() -> impl Iterator<Item = PathBuf> {
    let all = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fail"));
    all.into_iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "stderr")
    })
}

#[test]
fn mistakes_and_modules() {
    if env::var_os("BLESS").is_some() && env::var_os("TRYBUILD").is_none() {
        let program = env::current_exe().expect("this program has a path");
        let again = Command::new(program)
            .args(env::args_os().skip(1))
            .env("TRYBUILD", "overwrite")
            .status();
        assert!(again.expect("this program runs").success());
        assert!(messages::hold());
        return;
    }
    trybuild::TestCases::new().pass("tests/pass/*.rs");
    if is_pinned(&toolchain()) {
        // By themselves: where nothing is run, trybuild has all of them compiled at once.
        trybuild::TestCases::new().compile_fail("tests/fail/*/*.rs");
    } else {
        eprintln!("mistakes are not looked at: their messages are those of rustc {PINNED}");
    }
}

#[test]
fn the_pinned_toolchain_is_known_by_its_version() {
    assert!(is_pinned(&format!(
        "rustc {PINNED}.0 (59807616e 2026-04-14)"
    )));
    assert!(!is_pinned(&format!(
        "rustc {PINNED}0.0 (59807616e 2026-04-14)"
    )));
    assert!(!is_pinned("rustc 1.0.0"));
}

#[test]
fn no_message_is_left_without_its_mistake() {
    for message in outputs() {
        let case = message.with_extension("rs");
        assert!(case.exists(), "{} has no case", message.display());
    }
}

#[test]
fn the_page_of_messages_is_of_these_cases() {
    let bless = env::var_os("BLESS").is_some();
    assert!(
        bless || messages::hold(),
        "docs/messages.md is stale; to accept, after reading the difference: \
         BLESS=1 cargo test -p kmod-macros -p ui-tests"
    );
}

#[test]
fn no_mistake_is_left_without_its_message() {
    let cases = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fail"));
    for case in cases
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
    {
        assert!(
            case.with_extension("stderr").exists(),
            "{} has no message",
            case.display()
        );
    }
}

#[test]
fn no_message_names_a_place_on_one_machine() {
    for message in outputs() {
        let text = fs::read_to_string(&message).expect("the message can be read");
        let absolute = text
            .lines()
            .find(|line| line.contains("--> /") || line.contains("::: /"));
        assert_eq!(absolute, None, "{}", message.display());
    }
}

/// The most lines of code that a device with a parameter takes its author.
const SMALL: usize = 20;

/// The most that a driver of a card with registers, an interrupt, DMA and a node takes.
const SMALL_DRIVER: usize = 80;

/// How many lines of code a formatted file has: those that are not empty, nor a comment only.
fn code(file: &Path) -> usize {
    let formatted = Command::new("rustfmt")
        .args(["--check", "--edition", "2024"])
        .arg(file)
        .status();
    let file = file.display();
    assert!(formatted.expect("rustfmt runs").success(), "{file}");
    let source = fs::read_to_string(file.to_string()).expect("the file can be read");
    let is_code = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("//")
    };
    source.lines().filter(is_code).count()
}

#[test]
fn a_driver_of_a_card_is_small() {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/edu/src"));
    let lines: usize = sources.iter().map(|file| code(file)).sum();
    assert!(
        (40..=SMALL_DRIVER).contains(&lines),
        "{lines} lines of code"
    );
}

#[test]
fn a_device_with_a_parameter_is_small() {
    for kind in ["misc", "chrdev"] {
        let file = format!("{}/tests/pass/small_{kind}.rs", env!("CARGO_MANIFEST_DIR"));
        // A module has no `main`, but a `#![no_std]`.
        let lines = code(Path::new(&file));
        assert!(
            (10..=SMALL).contains(&lines),
            "{file}: {lines} lines of code"
        );
    }
}
