// SPDX-License-Identifier: GPL-2.0-only
//! Files of units in two places. Cargo compares their times, so a copy has those of its original.
//!
//! What compilers and linkers write as a new file each time (libraries, programs) is the same file in
//! both places. What is written into (fingerprints, lists, what build scripts leave) is a copy.

use std::ffi::OsStr;
use std::fs::{self, File, FileTimes};
use std::io;
use std::path::Path;

/// Puts a file in a second place, instead of the one that is there.
pub fn place(from: &Path, to: &Path) -> io::Result<()> {
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // Another file system, or one without links.
    if is_written_anew(from) && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let meta = from.metadata()?;
    let times = FileTimes::new()
        .set_accessed(meta.accessed()?)
        .set_modified(meta.modified()?);
    // A copy of what is read-only is read-only.
    File::open(to)?.set_times(times)
}

/// Puts a folder with all that is in it in a second place, where there must be none.
pub fn place_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (one, other) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type()?.is_dir() {
            true => place_folder(&one, &other)?,
            false => place(&one, &other)?,
        }
    }
    Ok(())
}

fn is_written_anew(file: &Path) -> bool {
    let is_program = file
        .file_name()
        .and_then(OsStr::to_str)
        .is_some_and(|name| {
            let name = name.replace('-', "_");
            name.starts_with("build_script_") && !name.contains('.')
        });
    let is_library = file
        .extension()
        .is_some_and(|end| ["rlib", "rmeta", "so"].iter().any(|known| end == *known));
    is_program || is_library
}

/// The bytes of a folder's files.
pub fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.filter_map(|entry| {
        let meta = entry.path().symlink_metadata().ok()?;
        Some(match meta.is_dir() {
            true => bytes(&entry.path()),
            false => meta.len(),
        })
    });
    sizes.sum()
}
