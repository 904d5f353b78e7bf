// SPDX-License-Identifier: GPL-2.0-only
//! The files of a package: their order, modes and times are those that are said here, whoever makes it.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::moment::Moment;

/// The files of a package, by their place below `/`.
#[derive(Clone, Debug, Default)]
pub struct Tree(BTreeMap<String, Entry>);

#[derive(Clone, Debug)]
struct Entry {
    contents: Vec<u8>,
    mode: u32,
}

impl Tree {
    /// Adds a file that everybody may read.
    pub fn add(&mut self, place: impl Into<String>, contents: impl Into<Vec<u8>>) {
        self.add_with(place, contents, 0o644);
    }

    /// Adds a file.
    pub fn add_with(&mut self, place: impl Into<String>, contents: impl Into<Vec<u8>>, mode: u32) {
        let contents = contents.into();
        self.0.insert(place.into(), Entry { contents, mode });
    }

    /// Adds all files of another.
    pub fn extend(&mut self, other: Tree) {
        self.0.extend(other.0);
    }

    /// The same below a folder.
    pub fn below(self, folder: &str) -> Tree {
        let entries = self.0.into_iter();
        Tree(
            entries
                .map(|(place, entry)| (format!("{folder}/{place}"), entry))
                .collect(),
        )
    }

    /// Where the files are.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What they take on a disk in units of 1024 bytes, as a control file has it: each in whole units, and one
    /// for each folder.
    pub fn kilobytes(&self) -> usize {
        let files = self.0.values();
        let files: usize = files.map(|entry| entry.contents.len().div_ceil(1024)).sum();
        files + self.folders().len()
    }

    fn folders(&self) -> Vec<&Path> {
        let mut folders: Vec<&Path> = self
            .places()
            .flat_map(|place| Path::new(place).ancestors().skip(1))
            .collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// Writes all below `root`, which is made.
    pub fn write(&self, root: &Path, moment: Moment) -> io::Result<()> {
        for folder in self.folders() {
            fs::create_dir_all(root.join(folder))?;
        }
        for (place, entry) in &self.0 {
            let file = root.join(place);
            fs::write(&file, &entry.contents)?;
            fs::set_permissions(&file, Permissions::from_mode(entry.mode))?;
            dated(&file, moment)?;
        }
        // A folder's time changes with what is made in it, so the deepest come first.
        for folder in self.folders().into_iter().rev() {
            let folder: PathBuf = root.join(folder);
            fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
            dated(&folder, moment)?;
        }
        Ok(())
    }
}

fn dated(path: &Path, moment: Moment) -> io::Result<()> {
    File::open(path)?.set_modified(moment.time())
}
