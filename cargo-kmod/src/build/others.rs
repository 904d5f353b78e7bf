// SPDX-License-Identifier: GPL-2.0-only
//! What other modules than the kernel's own export.

use std::env;
use std::path::{Path, PathBuf};

/// By this variable kbuild is told of the `Module.symvers` of other modules, with spaces between.
const VARIABLE: &str = "KBUILD_EXTRA_SYMBOLS";

/// The lists of what a module may use besides: those that kbuild was told of, and its own, of what was built in the
/// same run.
pub fn symvers(ko: &Path) -> Vec<PathBuf> {
    let told = env::var(VARIABLE).unwrap_or_default();
    let own = ko.with_file_name("Module.symvers");
    let told = told.split_whitespace().map(PathBuf::from);
    told.chain(own.is_file().then_some(own)).collect()
}
