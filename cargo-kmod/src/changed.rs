// SPDX-License-Identifier: GPL-2.0-only
//! Files that are written only when they are to hold something else: make and cargo go by their times.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Writes a file into a folder that is there, unless it holds that already.
pub fn write(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    let contents = contents.as_ref();
    if fs::read(file).is_ok_and(|old| old == contents) {
        return Ok(());
    }
    fs::write(file, contents).with_context(|| format!("cannot write {}", file.display()))
}

/// The same, with the folders that it needs.
pub fn write_below(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    write(file, contents)
}
