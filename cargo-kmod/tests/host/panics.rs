// SPDX-License-Identifier: GPL-2.0-only
//! `panic = "forbid"`: a module that can panic is not built, and the place is named.

use std::fs;
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSection as _};

use crate::support::{Said, kmod};

/// A crate whose `init` has this statement, built; `number` is a parameter of the module.
struct Built {
    said: Said,
    /// The statement's line.
    line: usize,
    _folder: tempfile::TempDir,
}

fn build(name: &str, statement: &str) -> Built {
    let source = format!(
        "#![no_std]\n\
         #![forbid(unsafe_code)]\n\
         use kmod_core::prelude::*;\n\
         /// Takes a number\n\
         #[kernel_module(name = \"{name}\", license = \"GPL\", panic = \"forbid\", \
         params(/** The number */ number: u32 = 0,\n\
         /** Never 0 */ every: core::num::NonZeroU32 = core::num::NonZeroU32::MIN))]\n\
         struct Module;\n\
         const TABLE: [u32; 3] = [3, 1, 2];\n\
         impl KernelModule for Module {{\n\
         fn init(params: &ModuleParams) -> Result<Self> {{\n\
         let (number, _every) = (params.number(), params.every());\n\
         let found = {statement};\n\
         if found == 2 {{ Err(EBUSY) }} else {{ Ok(Self) }}\n\
         }}\n\
         }}\n"
    );
    let line = 1 + source
        .lines()
        .position(|l| l.contains("let found"))
        .unwrap();
    let (said, _folder) = build_source(name, &source);
    Built {
        said,
        line,
        _folder,
    }
}

/// Builds a new crate with this source; it is in the folder.
fn build_source(name: &str, source: &str) -> (Said, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", name]).run();
    let krate = folder.path().join(name);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    fs::write(krate.join("src/lib.rs"), source).unwrap();
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let said = kmod(&krate, &["build"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    (said, folder)
}

/// What is refused is at `at` of the statement, and calls `panic`.
fn refused(name: &str, statement: &str, at: &str, panic: &str) {
    let Built { said, line, .. } = build(name, statement);
    assert_ne!(said.code, 0, "{said:?}");
    let column = 1 + format!("let found = {statement}").find(at).unwrap();
    let place = format!("  --> src/lib.rs:{line}:{column}, in ");
    for words in [
        "`panic = \"forbid\"`, but it can panic:\n",
        &place,
        panic,
        "\n= help: ",
    ] {
        assert!(said.err.contains(words), "no {words:?} in {said:?}");
    }
}

#[test]
fn an_index_that_may_be_out_of_bounds() {
    refused(
        "panics_index",
        "TABLE[number as usize]",
        "TABLE",
        "core::panicking::panic_bounds_check",
    );
}

#[test]
fn an_unwrap_and_a_division() {
    refused(
        "panics_unwrap",
        "TABLE.get(number as usize).copied().unwrap()",
        "unwrap",
        "core::option::unwrap_failed",
    );
    refused(
        "panics_division",
        "100 / number",
        "100",
        "panic_const_div_by_zero",
    );
}

/// What `kmod-core` does for parameters and sysctls of every kind.
#[test]
fn parameters_and_sysctls_bring_no_panic() {
    for name in ["dials", "dice"] {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let source = fs::read_to_string(workspace.join(format!("examples/{name}/src/lib.rs")));
        let source = source.unwrap();
        let licence = "license = \"GPL\"";
        assert!(source.contains(licence));
        let source = source.replacen(licence, "license = \"GPL\", panic = \"forbid\"", 1);
        let (said, _folder) = build_source(name, &source);
        assert_eq!(said.code, 0, "{said:?}");
    }
}

#[test]
fn what_cannot_panic_is_built_and_the_mark_is_not_in_it() {
    let Built { said, .. } = build(
        "panics_not",
        "TABLE[number as usize % 3] + TABLE.get(number as usize).copied().ok_or(EINVAL)? + \
         100u32.checked_div(number).ok_or(EDOM)? + number / _every + number % _every",
    );
    assert_eq!(said.code, 0, "{said:?}");
    let ko = said.out.split_once(" (").unwrap().0;
    let data = fs::read(PathBuf::from(ko)).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let mut names = file
        .sections()
        .map(|section| section.name().unwrap().to_owned());
    assert!(names.all(|name| !name.contains("kmod")));
}
