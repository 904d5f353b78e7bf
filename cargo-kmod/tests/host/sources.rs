// SPDX-License-Identifier: GPL-2.0-only
//! What the sources hold to.

use std::fs;
use std::path::{Path, PathBuf};

/// Where sources are that work for every architecture.
const SOURCES: &[&str] = &[
    "Makefile.template",
    "cargo-kmod",
    "kmod-bindings",
    "kmod-build",
    "kmod-core",
    "kmod-macros",
];

/// Folders in them that hold no such sources.
const OTHERS: &[&str] = &["cargo-kmod/bench", "fuzz", "target", "tests", "vm-tests"];

/// The only folders in which an architecture has a name.
const ARCHITECTURES: &[&str] = &["cargo-kmod/verify/src/arch", "kmod-build/src/arch"];

/// What words of an architecture's own begin with.
const NAMES: &[&str] = &[
    "aarch64",
    "amd64",
    "arm64",
    "att_syntax",
    "bzimage",
    "em_x86",
    "endbr64",
    "iced",
    "r_x86",
    "riscv",
    "ttys",
    "x86",
];

/// Other words of their own.
const WORDS: &[&str] = &["int3", "q35", "rdi"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The sources below a place, or the file itself.
fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let entries =
        fs::read_dir(place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    let entries = entries.map(|entry| entry.expect("a folder can be read").path());
    let kept = entries.filter(|path| {
        let is = |names: &[&str]| names.iter().any(|name| path.ends_with(name));
        let is_source = path
            .extension()
            .is_some_and(|end| ["c", "h", "in", "rs"].iter().any(|source| end == *source));
        !is(OTHERS) && !is(ARCHITECTURES) && (is_source || path.is_dir())
    });
    kept.flat_map(|path| files(&path)).collect()
}

/// The lines of code with their numbers: no comments, and no tests, which come last.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| {
            let line = line.trim_start();
            !["//", "/*", "* ", "#!"]
                .iter()
                .any(|start| line.starts_with(start))
        })
}

fn names_one(line: &str) -> bool {
    let line = line.to_lowercase();
    let mut words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.any(|word| {
        let word = word.trim_start_matches('_');
        WORDS.contains(&word) || NAMES.iter().any(|name| word.starts_with(name))
    })
}

#[test]
fn nothing_but_its_files_names_an_architecture() {
    let mut found = Vec::new();
    for place in SOURCES {
        let files = files(&root().join(place));
        assert!(!files.is_empty(), "{place}");
        for file in files {
            let text = fs::read_to_string(&file).expect("a source is text");
            for (number, line) in code(&text).filter(|(_, line)| names_one(line)) {
                let file = file.strip_prefix(root()).expect("it is below");
                found.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The verifier's record of an architecture has the name of the record that it goes with.
#[test]
fn an_architecture_has_one_file_in_each_crate() {
    let [theirs, ours] = ARCHITECTURES else {
        panic!("two crates know architectures");
    };
    for file in files(&root().join(theirs)) {
        let name = file.file_name().expect("it is a file");
        let other = root().join(ours).join(name);
        assert!(other.is_file(), "{}", other.display());
    }
}

/// `cargo kmod new` writes it, and what is mended in one is mended in all.
#[test]
fn each_makefile_is_the_template_with_a_name() {
    let template = fs::read_to_string(root().join("Makefile.template")).unwrap();
    let folders = [
        "cargo-kmod",
        "cargo-kmod/bench",
        "examples",
        "kmod-core/vm-tests",
    ];
    let crates = folders.map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let mut seen = 0;
    for entry in crates.into_iter().flatten() {
        let file = entry.unwrap().path().join("Makefile");
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let name = text.lines().find_map(|line| line.strip_prefix("NAME := "));
        assert!(
            text == template.replace("@NAME@", name.unwrap()),
            "{} differs from Makefile.template in more than its NAME",
            file.display()
        );
        seen += 1;
    }
    assert!(seen > 0);
}
