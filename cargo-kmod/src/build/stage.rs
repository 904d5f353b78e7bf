// SPDX-License-Identifier: GPL-2.0-only
//! The folder in which kbuild works: `target/kmod/RELEASE/NAME`, so that a build for one kernel
//! leaves nothing in the crate and nothing for another kernel's build.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::changed;
use crate::error::host;
use crate::kernels::Kernel;
use crate::package::Package;

/// A folder made ready for kbuild.
pub struct Stage {
    /// The folder.
    pub dir: PathBuf,
    /// The module's name.
    pub name: String,
    /// The names of its C twins.
    pub twins: Vec<String>,
    /// Two builds in one folder would spoil each other's files.
    _lock: File,
}

impl Stage {
    /// Makes the folder, with a Kbuild file that includes the crate's Makefile.
    pub fn prepare(tool: &Path, package: &Package, kernel: &Kernel) -> Result<Stage> {
        let makefile = package.dir.join("Makefile");
        let text = fs::read_to_string(&makefile).with_context(|| {
            let makefile = makefile.display();
            format!("{makefile}: a module's crate has a Makefile, made from Makefile.template")
        })?;
        let name = module_name(&text).with_context(|| {
            format!(
                "{} has no line `NAME := ...` with the module's name",
                makefile.display()
            )
        })?;
        let dir = package
            .target_dir
            .join("kmod")
            .join(&kernel.release)
            .join(name);
        usable_by_kbuild(tool)?;
        usable_by_kbuild(&package.dir)?;
        usable_by_kbuild(&dir)?;
        let lock = writable(&dir).map_err(|error| {
            host(format!(
                "cannot write to the target folder {}",
                dir.display()
            ))
            .help("make it yours (chown), or set CARGO_TARGET_DIR to another folder")
            .because(error)
        })?;
        let twins = link_twins(&package.dir, &dir)?;
        link_sources(&package.dir.join("c"), &dir.join("c"))?;
        let kbuild = kbuild(tool, &package.dir, &makefile, &twins);
        changed::write(&dir.join("Kbuild"), kbuild)?;
        Ok(Stage {
            dir,
            name: name.to_owned(),
            twins,
            _lock: lock,
        })
    }

    /// What is made of the crate, before kbuild makes the module.
    pub fn object(&self) -> PathBuf {
        self.dir.join(format!("{}_rust.o", self.name))
    }

    /// Whether the module has been built before.
    pub fn is_built(&self) -> bool {
        self.dir.join(format!("{}.ko", self.name)).exists()
    }
}

/// The name that the crate's Makefile gives to its module.
fn module_name(makefile: &str) -> Option<&str> {
    makefile.lines().find_map(|line| {
        let rest = line.strip_prefix("NAME")?.trim_start();
        let value = rest.strip_prefix(":=").or_else(|| rest.strip_prefix('='))?;
        let value = value.split('#').next()?.trim();
        (!value.is_empty()).then_some(value)
    })
}

/// kbuild refuses such folders late and in its own words.
fn usable_by_kbuild(dir: &Path) -> Result<()> {
    let text = dir.to_string_lossy();
    if text.contains(|c: char| !(c.is_alphanumeric() || "/._+-=@,~".contains(c))) {
        bail!(
            host(format!(
                "kbuild cannot work with {text}: a path with spaces, colons, or signs of \
                 make and the shell"
            ))
            .help("move the project, or set CARGO_TARGET_DIR when it is the target folder")
        );
    }
    Ok(())
}

/// Creates the folder, and a locked file in it: so it can be written to, and is ours for now.
fn writable(dir: &Path) -> io::Result<File> {
    fs::create_dir_all(dir)?;
    let lock = File::create(dir.join(".lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// Links the module's C files into the stage. Links to what is no more are no harm: the crate's
/// Makefile says which there are.
fn link_sources(from: &Path, to: &Path) -> Result<()> {
    for file in c_files(from) {
        fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
        link(&file, to)?;
    }
    Ok(())
}

/// The C files in a folder, if there is such a folder.
fn c_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    files
        .filter(|file| file.extension().is_some_and(|extension| extension == "c"))
        .collect()
}

/// A link to a file in the folder `to`, unless it is there.
fn link(file: &Path, to: &Path) -> Result<()> {
    let link = to.join(file.file_name().unwrap_or_default());
    if fs::read_link(&link).is_ok_and(|old| old == file) {
        return Ok(());
    }
    let _ = fs::remove_file(&link);
    symlink(file, &link).with_context(|| format!("cannot create {}", link.display()))
}

/// Links `twin/NAME.c` into the stage, where kbuild's own rules find it.
fn link_twins(crate_dir: &Path, dir: &Path) -> Result<Vec<String>> {
    let mut twins = Vec::new();
    for file in c_files(&crate_dir.join("twin")) {
        link(&file, dir)?;
        let stem = file.file_stem().unwrap_or_default();
        twins.push(stem.to_string_lossy().into_owned());
    }
    twins.sort();
    Ok(twins)
}

fn kbuild(tool: &Path, crate_dir: &Path, makefile: &Path, twins: &[String]) -> String {
    let mut text = format!(
        "# Written by cargo kmod build.\n\
         KMOD_CRATE := {}\n\
         CARGO_KMOD := {}\n\
         include {}\n",
        crate_dir.display(),
        tool.display(),
        makefile.display(),
    );
    for twin in twins {
        text += &format!("obj-m += {twin}.o\nCFLAGS_{twin}.o := -I$(KMOD_CRATE)/twin\n");
    }
    if !twins.is_empty() {
        // A word for what the kernel's build tree holds: if it is another, so are they.
        let tree = "$(obj)/.$(NAME)_rust.o.tree";
        text += &format!("{tree}: $(obj)/$(NAME)_rust.o\n\t@:\n");
        let objects = twins.iter().map(|twin| format!("$(obj)/{twin}.o"));
        text += &format!("{}: {tree}\n", objects.collect::<Vec<_>>().join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_makefiles() {
        assert_eq!(module_name("# x\nNAME := hello\n"), Some("hello"));
        assert_eq!(module_name("NAME=hello # the name\n"), Some("hello"));
        assert_eq!(module_name("NAMES := hello\n"), None);
        assert_eq!(module_name("NAME :=\n"), None);
    }

    #[test]
    fn a_path_that_kbuild_cannot_use_is_refused_at_once() {
        assert!(usable_by_kbuild(Path::new("/a/b-c_d.e")).is_ok());
        assert!(usable_by_kbuild(Path::new("/a b")).is_err());
        assert!(usable_by_kbuild(Path::new("/a:b")).is_err());
        assert!(usable_by_kbuild(Path::new("/cargo-kmod (deleted)")).is_err());
    }

    #[test]
    fn twins_are_linked_and_built() {
        let dir = tempfile::tempdir().unwrap();
        let (krate, stage) = (dir.path().join("crate"), dir.path().join("stage"));
        fs::create_dir_all(krate.join("twin")).unwrap();
        fs::create_dir_all(&stage).unwrap();
        fs::write(krate.join("twin/hello_c.c"), "").unwrap();
        fs::write(krate.join("twin/notes.txt"), "").unwrap();
        let twins = link_twins(&krate, &stage).unwrap();
        assert_eq!(twins, ["hello_c"]);
        assert!(stage.join("hello_c.c").exists());
        let text = kbuild(
            Path::new("/bin/cargo-kmod"),
            &krate,
            &krate.join("Makefile"),
            &twins,
        );
        assert!(text.contains("\nobj-m += hello_c.o\n"), "{text}");
    }
}
