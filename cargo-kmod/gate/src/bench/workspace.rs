// SPDX-License-Identifier: GPL-2.0-only
//! A workspace of modules that are written for a run, below cargo's target folder: they share `core`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

const MAKEFILE: &str = include_str!("../../../templates/crate/Makefile.in");

/// Such a workspace.
pub struct Workspace {
    dir: PathBuf,
}

impl Workspace {
    /// The one in `dir`, using the framework of our own workspace in `root`; what is built goes below
    /// `target`.
    pub fn at(dir: PathBuf, root: &Path, target: &Path) -> Result<Workspace> {
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"*_*\"]\n\n\
             [workspace.dependencies]\nkmod-core.path = \"{}\"\n\n\
             [profile.release]\npanic = \"abort\"\n",
            root.join("kmod-core").display()
        );
        write(&dir.join("Cargo.toml"), &manifest)?;
        let config = format!("[build]\ntarget-dir = \"{}\"\n", target.display());
        write(&dir.join(".cargo/config.toml"), &config)?;
        let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
        // Cargo adds the modules to it.
        if !dir.join("Cargo.lock").is_file() {
            write(&dir.join("Cargo.lock"), &lock)?;
        }
        Ok(Workspace { dir })
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Writes the crate of a module; gives its folder.
    pub fn module(&self, name: &str, source: &str) -> Result<PathBuf> {
        let dir = self.dir.join(name);
        let package = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nkmod-core.workspace = true\n"
        );
        write(&dir.join("Cargo.toml"), &package)?;
        write(&dir.join("Makefile"), &MAKEFILE.replace("@NAME@", name))?;
        write(&dir.join("src/lib.rs"), source)?;
        Ok(dir)
    }
}

/// A file that is the same keeps its time: nothing is built anew for it.
pub fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
