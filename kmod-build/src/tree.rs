// SPDX-License-Identifier: GPL-2.0-only
//! The folder that a kernel's modules are built in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The source tree of a build folder that is apart from it: its Makefile includes the source's.
///
/// # Errors
///
/// When the folder has no Makefile that can be read, or one that includes no other.
pub fn source(kdir: &Path) -> io::Result<PathBuf> {
    let makefile = fs::read_to_string(kdir.join("Makefile"))?;
    let included = makefile
        .lines()
        .find_map(|line| line.strip_prefix("include ")?.strip_suffix("/Makefile"));
    included
        .map(|path| kdir.join(path))
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}
