// SPDX-License-Identifier: GPL-2.0-only
//! The cache outside any project: `$XDG_CACHE_HOME/cargo-kmod`.
//!
//! An entry is a folder that appears whole or not at all.

use crate::error::{Failure, host};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use rustix::fs::statvfs;

/// The cache's root folder; it exists only once something is kept.
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `$XDG_CACHE_HOME/cargo-kmod`, or `~/.cache/cargo-kmod`.
    pub fn from_env() -> Result<Cache> {
        // Without HOME, which services and DKMS may lack, it is the user's as the system knows it.
        let home = env::home_dir().filter(|home| !home.as_os_str().is_empty());
        let base = match (env::var_os("XDG_CACHE_HOME"), home) {
            (Some(dir), _) if Path::new(&dir).is_absolute() => PathBuf::from(dir),
            (_, Some(home)) => home.join(".cache"),
            _ => bail!("neither XDG_CACHE_HOME nor HOME is set: no place for fetched kernels"),
        };
        Ok(Cache {
            root: base.join("cargo-kmod"),
        })
    }

    /// Where an entry is, or would be.
    pub fn path(&self, entry: impl AsRef<Path>) -> PathBuf {
        self.root.join(entry)
    }

    /// The root folder, once it is known that it can be written to.
    pub fn probe(&self) -> Result<&Path> {
        let made = fs::create_dir_all(&self.root);
        made.and_then(|()| tempfile::tempfile_in(&self.root))
            .map_err(|error| self.read_only().because(error))?;
        Ok(&self.root)
    }

    /// The entry's folder; when it is not there, `fill` makes it in a temporary folder first.
    pub fn entry(&self, entry: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let place = self.path(entry);
        if place.is_dir() {
            return Ok(place);
        }
        let parent = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent).map_err(|error| self.unusable(&error))?;
        let temporary = tempfile::Builder::new()
            .prefix(".filling-")
            .tempdir_in(parent)
            .map_err(|error| self.unusable(&error))?;
        fill(temporary.path()).map_err(|error| self.blame(error))?;
        match fs::rename(temporary.path(), &place) {
            Ok(()) => {
                // It has its new name: nothing is left to remove.
                let _ = temporary.keep();
            }
            // Another run was faster; its entry is as good.
            Err(_) if place.is_dir() => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot keep {}", place.display()));
            }
        }
        Ok(place)
    }

    /// Removes an entry; whether there was one.
    pub fn remove(&self, entry: impl AsRef<Path>) -> Result<bool> {
        let place = self.path(entry);
        if !place.is_dir() {
            return Ok(false);
        }
        // Under its own name it is whole: a half-removed one must not be found.
        let gone = tempfile::Builder::new()
            .prefix(".removing-")
            .tempdir_in(place.parent().unwrap_or(&self.root))
            .map_err(|error| self.unusable(&error))?;
        fs::rename(&place, gone.path().join("entry"))
            .and_then(|()| gone.close())
            .with_context(|| format!("cannot remove {}", place.display()))?;
        Ok(true)
    }

    /// An error when that many bytes more do not fit.
    pub fn room_for(&self, bytes: u64) -> Result<()> {
        let Some(free) = self.free() else {
            return Ok(());
        };
        if free >= bytes {
            return Ok(());
        }
        Err(self.full(anyhow!(
            "{} are needed, and {} are free",
            size(bytes),
            size(free)
        )))
    }

    /// Says that the cache has no space left.
    pub fn full(&self, error: anyhow::Error) -> anyhow::Error {
        host(format!(
            "no space left in the cache {}",
            self.root.display()
        ))
        .help(
            "`cargo kmod kernels list` shows what is there, `cargo kmod kernels remove \
             NAME` removes it; or set XDG_CACHE_HOME to a folder with more space",
        )
        .because(error)
        .into()
    }

    /// An error of a program that wrote into the cache: by what it said, for want of space or not.
    pub fn perhaps_full(&self, error: anyhow::Error, said: &str) -> anyhow::Error {
        if said.contains("No space left on device") {
            self.full(error)
        } else {
            error
        }
    }

    /// What it means that a file of the cache cannot be written.
    pub fn unusable(&self, error: &io::Error) -> anyhow::Error {
        let cause = anyhow!("{error}");
        if error.kind() == io::ErrorKind::StorageFull {
            return self.full(cause);
        }
        self.read_only().because(cause).into()
    }

    fn read_only(&self) -> Failure {
        let root = self.root.display();
        host(format!("the cache folder {root} cannot be written to")).help("set XDG_CACHE_HOME")
    }

    /// The error itself, or the lack of space that is behind it.
    pub fn blame(&self, error: anyhow::Error) -> anyhow::Error {
        let io = error
            .chain()
            .find_map(|cause| cause.downcast_ref::<io::Error>());
        match io {
            Some(io) if io.kind() == io::ErrorKind::StorageFull => self.full(error),
            _ => error,
        }
    }

    fn free(&self) -> Option<u64> {
        let here = self.root.ancestors().find(|dir| dir.exists())?;
        let vfs = statvfs(here).ok()?;
        Some(vfs.f_bavail * vfs.f_frsize)
    }
}

/// Bytes in megabytes, as people read them.
pub fn size(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_appears_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache {
            root: dir.path().join("cache"),
        };
        let name = Path::new("kernels/1");

        let failed = cache.entry(name, |place| {
            fs::write(place.join("half"), "").unwrap();
            bail!("no network")
        });
        assert!(failed.is_err());
        assert!(!cache.path(name).exists());
        assert_eq!(fs::read_dir(cache.path("kernels")).unwrap().count(), 0);

        let place = cache
            .entry(name, |place| Ok(fs::write(place.join("whole"), "")?))
            .unwrap();
        assert!(place.join("whole").exists());
        let again = cache.entry(name, |_| panic!("filled twice")).unwrap();
        assert_eq!(again, place);
    }
}
