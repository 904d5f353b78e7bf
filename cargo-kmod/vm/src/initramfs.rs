// SPDX-License-Identifier: GPL-2.0-only
//! The guest's root: a cpio archive in the `newc` format, written without root.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use cpio::newc::{Builder, trailer};

use crate::error::{Cannot as _, Error};

const DIR: u32 = 0o040_755;
const PROGRAM: u32 = 0o100_755;
const SYMLINK: u32 = 0o120_777;
const CONSOLE: u32 = 0o020_600;

/// Something in the guest's root.
#[derive(Clone, Debug)]
pub enum Item {
    /// A copy of a host's file.
    Copy {
        /// Where in the guest.
        to: String,
        /// Which file.
        from: PathBuf,
    },
    /// A file with this content.
    Text {
        /// Where in the guest.
        to: String,
        /// The content.
        text: String,
    },
    /// A symbolic link.
    Link {
        /// Where in the guest.
        to: String,
        /// What it names.
        target: String,
    },
}

impl Item {
    /// A copy of the host's file `from`.
    #[must_use]
    pub fn copy(to: impl Into<String>, from: impl Into<PathBuf>) -> Item {
        Item::Copy {
            to: to.into(),
            from: from.into(),
        }
    }

    /// A file with the content `text`.
    #[must_use]
    pub fn text(to: impl Into<String>, text: impl Into<String>) -> Item {
        Item::Text {
            to: to.into(),
            text: text.into(),
        }
    }

    /// The host's file, if it is a module.
    pub fn module(&self) -> Option<&Path> {
        match self {
            Item::Copy { from, .. } if from.extension().is_some_and(|end| end == "ko") => {
                Some(from)
            }
            _ => None,
        }
    }

    fn to(&self) -> &str {
        match self {
            Item::Copy { to, .. } | Item::Text { to, .. } | Item::Link { to, .. } => to,
        }
    }
}

/// Writes the archive `file`.
pub(crate) fn write(file: &Path, items: &[Item]) -> Result<(), Error> {
    let mut out = Vec::new();
    for (number, dir) in folders(items).iter().enumerate() {
        add(&mut out, entry(dir, DIR, number), &[])?;
    }
    // The kernel opens it for its first process before devtmpfs is mounted.
    let console = entry("dev/console", CONSOLE, 1000)
        .rdev_major(5)
        .rdev_minor(1);
    add(&mut out, console, &[])?;
    for (number, item) in items.iter().enumerate() {
        let (mode, content) = match item {
            Item::Copy { from, .. } => (
                PROGRAM,
                fs::read(from).cannot(|| format!("read {}", from.display()))?,
            ),
            Item::Text { text, .. } => (PROGRAM, text.clone().into_bytes()),
            Item::Link { target, .. } => (SYMLINK, target.clone().into_bytes()),
        };
        add(
            &mut out,
            entry(name(item.to()), mode, 1001 + number),
            &content,
        )?;
    }
    let out = trailer(out).cannot(|| "end the initramfs".into())?;
    fs::write(file, out).cannot(|| format!("write {}", file.display()))
}

fn entry(name: &str, mode: u32, number: usize) -> Builder {
    Builder::new(name)
        .mode(mode)
        .nlink(1)
        .ino(number as u32 + 1)
}

fn add(out: &mut Vec<u8>, entry: Builder, content: &[u8]) -> Result<(), Error> {
    let size = u32::try_from(content.len()).map_err(io::Error::other);
    let added = size.and_then(|size| {
        let mut writer = entry.write(out, size);
        writer.write_all(content)?;
        writer.finish().map(drop)
    });
    added.cannot(|| "write the initramfs".into())
}

/// Archive names have no slash in front.
fn name(path: &str) -> &str {
    path.trim_start_matches('/')
}

/// All folders that the items and the mounts need, parents first.
fn folders(items: &[Item]) -> BTreeSet<String> {
    let mounts = ["dev", "proc", "run", "sys", "tmp", "modules"];
    let mut folders: BTreeSet<String> = mounts.map(str::to_owned).into();
    for item in items {
        let ancestors = Path::new(name(item.to())).ancestors().skip(1);
        folders.extend(
            ancestors
                .filter(|dir| *dir != Path::new(""))
                .map(|dir| dir.display().to_string()),
        );
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use cpio::newc::Reader;
    use std::io::Read;

    #[test]
    fn parents_come_first_and_content_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let host = dir.path().join("host");
        fs::write(&host, "copied").unwrap();
        let file = dir.path().join("initramfs");
        let link = Item::Link {
            to: "/bin/sh".into(),
            target: "busybox".into(),
        };
        let items = [
            Item::text("/a/b/c", "abc"),
            Item::copy("/kmod-init", &host),
            link,
        ];
        write(&file, &items).unwrap();

        let bytes = fs::read(&file).unwrap();
        let mut rest = bytes.as_slice();
        let mut found = Vec::new();
        loop {
            let mut reader = Reader::new(rest).unwrap();
            if reader.entry().is_trailer() {
                break;
            }
            let (name, mode) = (reader.entry().name().to_owned(), reader.entry().mode());
            let mut content = String::new();
            reader.read_to_string(&mut content).unwrap();
            found.push((name, mode, content));
            rest = reader.finish().unwrap();
        }
        let at = |name: &str| found.iter().position(|(n, _, _)| n == name).unwrap();
        assert!(at("a") < at("a/b") && at("a/b") < at("a/b/c"));
        assert_eq!(found[at("a/b/c")].2, "abc");
        assert_eq!(found[at("kmod-init")].1, PROGRAM);
        assert_eq!(found[at("kmod-init")].2, "copied");
        assert_eq!(found[at("bin/sh")].2, "busybox");
        assert_eq!(found[at("dev/console")].1, CONSOLE);
    }

    #[test]
    fn a_missing_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let items = [Item::copy("/x", "/no/such/file")];
        let error = write(&dir.path().join("i"), &items).unwrap_err();
        assert!(error.to_string().contains("/no/such/file"), "{error}");
    }
}
