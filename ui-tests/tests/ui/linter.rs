// SPDX-License-Identifier: GPL-2.0-only
//! What clippy says of the modules: nothing, with all that it has.

use std::env;
use std::path::Path;

use super::cases::{self, Crate};

/// The lints that a strict author turns on.
const LINTS: &[&str] = &["-Dwarnings", "-Dclippy::all", "-Dclippy::pedantic"];

#[test]
fn the_strictest_linter_accepts_each_module() {
    let modules = cases::programs("tests/pass");
    let made = Crate::make("linter", &modules);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = made
        .cargo(Path::new(&cargo))
        .args(["clippy", "--bins", "--keep-going", "--"])
        .args(LINTS)
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}
