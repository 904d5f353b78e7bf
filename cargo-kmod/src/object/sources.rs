// SPDX-License-Identifier: GPL-2.0-only
//! The sources of the object, for modpost: of what they hold it makes the module's `srcversion`
//! (scripts/mod/sumversion.c), by which DKMS tells whether two modules are the same.
//!
//! It looks for lines `source_OBJECT := FILE` in kbuild's file of the object's command, to which our
//! Makefile adds these.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result};

use super::hidden;

/// Writes the lines beside `out`, for what cargo says that `archive` is made of: the sources of the
/// crate, and of those that it has by path. Where they, or what the files hold, are others than before,
/// the object gets a new time, so that modpost reads them.
pub fn write(out: &Path, archive: &Path) -> Result<()> {
    let list = archive.with_extension("d");
    let text = fs::read_to_string(&list)
        .with_context(|| format!("cannot read what cargo compiled from {}", list.display()))?;
    let mut contents = DefaultHasher::new();
    let mut lines = String::new();
    for file in files(&text) {
        // A build script may have named folders.
        if let Ok(data) = fs::read(&file) {
            data.hash(&mut contents);
            lines += &format!("source_{} := {}\n", out.display(), file.display());
        }
    }
    let text = format!("# {:016x}\n{lines}", contents.finish());
    let to = hidden(out, "sources");
    if fs::read_to_string(&to).is_ok_and(|old| old == text) {
        return Ok(());
    }
    // First: a build that ends in between is then seen not to have come to its end.
    match File::options().write(true).open(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        object => object
            .and_then(|object| object.set_modified(SystemTime::now()))
            .with_context(|| format!("cannot write {}", out.display()))?,
    }
    fs::write(&to, text).with_context(|| format!("cannot write {}", to.display()))
}

/// The files in `TARGET: FILE FILE`, in an order that does not change; spaces in names have a
/// backslash before, and modpost could not read those.
fn files(list: &str) -> Vec<PathBuf> {
    let files = list.split_once(": ").map_or("", |(_, files)| files);
    let files = files.replace("\\ ", "\0");
    let words = files.split_whitespace().filter(|word| !word.contains('\0'));
    let mut files: Vec<PathBuf> = words.map(PathBuf::from).collect();
    files.sort();
    files.dedup();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_as_cargo_lists_them() {
        let list = "/t/liba.a: /a/src/lib.rs /a/build.rs /a\\ b/c.rs /a/build.rs\n";
        let names = ["/a/build.rs", "/a/src/lib.rs"].map(PathBuf::from);
        assert_eq!(files(list), names);
        assert!(files("").is_empty());
    }
}
