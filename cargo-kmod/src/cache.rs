// SPDX-License-Identifier: GPL-2.0-only
//! The cache outside any project: `$XDG_CACHE_HOME/cargo-kmod`.
//!
//! An entry is a folder that appears whole or not at all.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The cache's root folder; it exists only once something is kept.
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `$XDG_CACHE_HOME/cargo-kmod`, or `~/.cache/cargo-kmod`.
    pub fn from_env() -> Result<Cache> {
        let base = match (env::var_os("XDG_CACHE_HOME"), env::var_os("HOME")) {
            (Some(dir), _) if Path::new(&dir).is_absolute() => PathBuf::from(dir),
            (_, Some(home)) if !home.is_empty() => Path::new(&home).join(".cache"),
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
        let help = || {
            let root = self.root.display();
            format!("the cache folder {root} cannot be written to\n= help: set XDG_CACHE_HOME")
        };
        fs::create_dir_all(&self.root).with_context(help)?;
        tempfile::tempfile_in(&self.root).with_context(help)?;
        Ok(&self.root)
    }

    /// The entry's folder; when it is not there, `fill` makes it in a temporary folder first.
    pub fn entry(&self, entry: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let place = self.path(entry);
        if place.is_dir() {
            return Ok(place);
        }
        let parent = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create the cache folder {}", parent.display()))?;
        let temporary = tempfile::Builder::new()
            .prefix(".filling-")
            .tempdir_in(parent)
            .with_context(|| format!("cannot write to the cache folder {}", parent.display()))?;
        fill(temporary.path())?;
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
