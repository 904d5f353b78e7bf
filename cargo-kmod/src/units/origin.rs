// SPDX-License-Identifier: GPL-2.0-only
//! What a unit was made of.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Where a package is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A registry, or a commit: what is under its name never changes.
    Fixed,
    /// A folder.
    Folder(PathBuf),
}

impl Origin {
    /// Of a package that cargo names so, unless nothing is known of such.
    pub fn of(package: &str) -> Option<Self> {
        let (kind, place) = package.split_once('+')?;
        match kind {
            "registry" | "sparse" | "git" => Some(Self::Fixed),
            "path" => {
                let path = place.strip_prefix("file://")?;
                let path = path.split('#').next()?;
                // Signs that are written as %XX.
                (!path.contains('%')).then(|| Self::Folder(path.into()))
            }
            _ => None,
        }
    }

    /// Whether cargo's hash leaves out where it is.
    pub fn is_in(&self, workspace: &Path) -> bool {
        let Self::Folder(folder) = self else {
            return false;
        };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        folder.starts_with(workspace) || real(folder).starts_with(real(workspace))
    }

    /// A word that is another when what the unit was made of has been changed or replaced, whatever the
    /// times of the new files are. The kernel alone sets the time of a file's last change.
    pub fn word(&self) -> String {
        let Self::Folder(folder) = self else {
            return "fixed".to_owned();
        };
        let mut looks = DefaultHasher::new();
        add(folder, &mut looks);
        format!("{:016x} {}", looks.finish(), folder.display())
    }

    /// That of what a word was of.
    pub fn of_word(word: &str) -> Self {
        match word.split_once(' ') {
            Some((_, folder)) => Self::Folder(folder.into()),
            None => Self::Fixed,
        }
    }
}

/// All files of a package: not what is hidden, what cargo makes, or a package of its own.
fn add(folder: &Path, looks: &mut impl Hasher) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Ok(meta) = path.metadata() else {
            continue;
        };
        let is_own = !name.starts_with('.') && name != "target";
        if meta.is_dir() && is_own && !path.join("Cargo.toml").exists() {
            add(&path, looks);
        } else if meta.is_file() && is_own {
            (path, meta.len(), meta.ino()).hash(looks);
            (meta.mtime(), meta.mtime_nsec()).hash(looks);
            (meta.ctime(), meta.ctime_nsec()).hash(looks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn packages_are_known_by_cargos_names() {
        let registry = "registry+https://github.com/rust-lang/crates.io-index#syn@2.0.1";
        assert_eq!(Origin::of(registry), Some(Origin::Fixed));
        let folder = |path: &str| Some(Origin::Folder(path.into()));
        let own = Origin::of("path+file:///a/kmod-core#0.1.0");
        assert_eq!(own, folder("/a/kmod-core"));
        assert_eq!(Origin::of("path+file:///a/b%20c#0.1.0"), None);
        assert_eq!(Origin::of("syn 2.0.1"), None);
        let own = own.unwrap();
        assert!(own.is_in(Path::new("/a")));
        assert!(!own.is_in(Path::new("/b")));
        assert_eq!(Origin::of_word(&own.word()), own);
        assert_eq!(Origin::of_word(&Origin::Fixed.word()), Origin::Fixed);
    }

    #[test]
    fn files_that_are_replaced_by_older_ones_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
            let past = SystemTime::now() - Duration::from_secs(1_000_000);
            let file = fs::File::options().write(true).open(file).unwrap();
            file.set_modified(past).unwrap();
        };
        let origin = Origin::Folder(folder.path().to_owned());
        file("src/lib.rs", "a");
        let before = origin.word();
        for name in ["target/x", ".git/x", "other/Cargo.toml", "other/src/lib.rs"] {
            file(name, "x");
            assert_eq!(origin.word(), before, "{name}");
        }
        file("src/lib.rs", "b");
        assert_ne!(origin.word(), before);
    }
}
