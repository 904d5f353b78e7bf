// SPDX-License-Identifier: GPL-2.0-only
//! Expansions of whole files, as they were reviewed.
//!
//! `BLESS=1 cargo test -p kmod-macros` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::{bless, expand};

/// The most lines that a module with one device may become.
const ONE_DEVICE: usize = 125;

const HEADER: &str = "// SPDX-License-Identifier: GPL-2.0-only\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens")
}

fn expanded(input: &Path) -> String {
    let source = fs::read_to_string(input).expect("the input can be read");
    let tokens = expand(&source);
    let file = syn::parse2(tokens).expect("the expansion is Rust");
    format!("{HEADER}{}", prettyplease::unparse(&file))
}

/// The files under `goldens`, without the ending.
fn names() -> Vec<(PathBuf, bool)> {
    fs::read_dir(folder())
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| {
            let is_output = path.to_string_lossy().ends_with(".expanded.rs");
            (path, is_output)
        })
        .collect()
}

/// The inputs, each with its path.
pub fn inputs() -> impl Iterator<Item = (String, String)> {
    let inputs = names().into_iter().filter(|(_, is_output)| !is_output);
    inputs.map(|(path, _)| {
        let source = fs::read_to_string(&path).expect("the input can be read");
        (path.display().to_string(), source)
    })
}

#[test]
fn expansions_are_those_reviewed() {
    let inputs = names().into_iter().filter(|(_, is_output)| !is_output);
    bless::hold(inputs.map(|(input, _)| (input.with_extension("expanded.rs"), expanded(&input))));
}

#[test]
fn no_expansion_is_left_without_its_input() {
    for (path, is_output) in names() {
        if is_output {
            let input = path.with_extension("").with_extension("rs");
            assert!(input.exists(), "{} has no input", path.display());
        }
    }
}

#[test]
fn a_module_with_one_device_stays_small() {
    let lines = expanded(&folder().join("chrdev.rs")).lines().count();
    assert!(lines <= ONE_DEVICE, "{lines} lines");
}
