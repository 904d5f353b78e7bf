// SPDX-License-Identifier: GPL-2.0-only
//! The module crate that a verb is about, as cargo sees it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::error::{host, usage};
use crate::framework;

/// A module crate.
#[derive(Clone, Debug)]
pub struct Package {
    /// The package's name in its Cargo.toml.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its authors, as its Cargo.toml has them.
    pub authors: Vec<String>,
    /// Its licence there.
    pub license: Option<String>,
    /// Its page, or its repository's.
    pub homepage: Option<String>,
    /// The folder of its Cargo.toml.
    pub dir: PathBuf,
    /// Cargo's target folder for it: the workspace's.
    pub target_dir: PathBuf,
    /// The folder of the workspace's Cargo.toml.
    pub workspace_dir: PathBuf,
    /// The `package.metadata` of its Cargo.toml.
    pub metadata: serde_json::Value,
}

impl Package {
    /// The variable that tells our own commands below kbuild which target folder cargo has for the
    /// crate: asking it takes longer than linking a module.
    pub const VARIABLE: &str = "CARGO_KMOD_TARGET_DIR";

    /// Cargo's target folder for what is around `cwd`: a crate or a workspace; nothing if there is none.
    pub fn target_dir_around(cwd: &Path) -> Option<PathBuf> {
        let mut folders = cwd.ancestors();
        let dir = folders.find(|dir| dir.join("Cargo.toml").is_file())?;
        Some(metadata(dir).ok()?.target_directory.into_std_path_buf())
    }

    /// Cargo's target folder for the crate in `dir`.
    pub fn target_dir_of(dir: &Path) -> Result<PathBuf> {
        match env::var_os(Self::VARIABLE) {
            Some(told) => Ok(told.into()),
            None => Ok(Package::at(dir)?.target_dir),
        }
    }

    /// The package whose Cargo.toml is in `dir`.
    pub fn at(dir: &Path) -> Result<Package> {
        let dir = dir
            .canonicalize()
            .map_err(|error| usage(format!("{}: {error}", dir.display())))?;
        let manifest = dir.join("Cargo.toml");
        if !manifest.is_file() {
            bail!(usage(format!("{} holds no Cargo.toml", dir.display())));
        }
        let metadata = metadata(&dir)?;
        let found = metadata
            .packages
            .iter()
            .find(|package| package.manifest_path == manifest);
        found
            .map(|package| Package::of(&metadata, package))
            .ok_or_else(|| {
                usage(format!(
                    "{} describes a workspace, not a module",
                    manifest.display()
                ))
                .help("name one of its packages with -p, or go into its folder")
                .into()
            })
    }

    /// The workspace's package `name`, or without a name the crate around `cwd`.
    pub fn selected(cwd: &Path, name: Option<&str>) -> Result<Package> {
        let Some(name) = name else {
            let manifest = cwd.ancestors().find(|dir| dir.join("Cargo.toml").is_file());
            let Some(dir) = manifest else {
                bail!(
                    usage(format!(
                        "there is no Cargo.toml in {} or above",
                        cwd.display()
                    ))
                    .help("go into a module's crate, or write one with `cargo kmod new NAME`")
                );
            };
            return Package::at(dir);
        };
        let metadata = metadata(cwd)?;
        let found = metadata
            .packages
            .iter()
            .find(|package| package.name.as_str() == name);
        found
            .map(|package| Package::of(&metadata, package))
            .ok_or_else(|| {
                let mut names: Vec<&str> =
                    metadata.packages.iter().map(|p| p.name.as_str()).collect();
                names.sort_unstable();
                usage(format!("the workspace has no package {name}"))
                    .help(format!("it has {}", names.join(", ")))
                    .into()
            })
    }

    /// The workspace's packages `names`; without names the crate around `cwd`, and in the folder of a
    /// workspace that is no crate itself, or with `all`, all modules of the workspace.
    pub fn several(cwd: &Path, names: &[String], all: bool) -> Result<Vec<Package>> {
        if !names.is_empty() {
            let one = |name: &String| Package::selected(cwd, Some(name));
            return names.iter().map(one).collect();
        }
        if !all && !is_virtual(cwd) {
            return Ok(vec![Package::selected(cwd, None)?]);
        }
        let metadata = metadata(cwd)?;
        let packages = metadata.packages.iter();
        let modules = packages.map(|package| Package::of(&metadata, package));
        let modules: Vec<Package> = modules
            .filter(|package| package.dir.join("Makefile").is_file())
            .collect();
        if modules.is_empty() {
            bail!(usage(
                "the workspace has no module: no crate with a Makefile made from Makefile.template",
            ));
        }
        Ok(modules)
    }

    fn of(metadata: &Metadata, package: &cargo_metadata::Package) -> Package {
        let manifest = package.manifest_path.as_std_path();
        Package {
            name: package.name.to_string(),
            version: package.version.to_string(),
            authors: package.authors.clone(),
            license: package.license.clone(),
            homepage: package
                .homepage
                .clone()
                .or_else(|| package.repository.clone()),
            dir: manifest.parent().unwrap_or(manifest).to_path_buf(),
            target_dir: metadata.target_directory.clone().into_std_path_buf(),
            workspace_dir: metadata.workspace_root.clone().into_std_path_buf(),
            metadata: package.metadata.clone(),
        }
    }
}

/// All files in a folder, and in those below it.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files
}

/// All Rust files in a folder, and in those below it.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(folder);
    files.retain(|path| path.extension().is_some_and(|end| end == "rs"));
    files
}

/// Whether the nearest manifest is that of a workspace and of no crate.
fn is_virtual(cwd: &Path) -> bool {
    let mut manifests = cwd.ancestors().map(|dir| dir.join("Cargo.toml"));
    let Some(manifest) = manifests.find(|manifest| manifest.is_file()) else {
        return false;
    };
    let folder = manifest.parent().unwrap_or(cwd);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    metadata(&folder).is_ok_and(|metadata| {
        let mut manifests = metadata.packages.iter().map(|one| &one.manifest_path);
        !manifests.any(|manifest| *manifest == folder.join("Cargo.toml"))
    })
}

/// Refuses a part of the framework, in `dir` if it is there by path, that is of another version than
/// this program: what the two tell each other may have changed.
///
/// # Errors
///
/// Both versions, and what to type.
pub fn same_version(name: &str, version: &str, dir: Option<&Path>) -> Result<()> {
    const OURS: &str = env!("CARGO_PKG_VERSION");
    if version == OURS {
        return Ok(());
    }
    let install = match dir.and_then(Path::parent) {
        Some(clone) => format!("--path {}", clone.join("cargo-kmod").display()),
        None => format!("cargo-kmod --version {version}"),
    };
    bail!(
        host(format!(
            "cargo-kmod {OURS} does not belong to {name} {version}"
        ))
        .help(format!(
            "cargo install {install}; or, in the crate's Cargo.toml, take {name} {OURS}"
        ))
    )
}

/// What cargo says about the workspace around `dir`, dependencies left out (so: no network). It is
/// asked once for all folders of a workspace that hold a package.
pub fn metadata(dir: &Path) -> Result<Metadata> {
    static KNOWN: Mutex<Vec<Metadata>> = Mutex::new(Vec::new());
    let is_of = |metadata: &&Metadata| {
        let root = metadata.workspace_root.as_std_path();
        let manifests = metadata
            .packages
            .iter()
            .map(|p| p.manifest_path.as_std_path());
        [root]
            .into_iter()
            .chain(manifests.filter_map(Path::parent))
            .any(|known| known == dir)
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(metadata) = known.iter().find(is_of) {
        return Ok(metadata.clone());
    }
    let metadata = read_metadata(dir)?;
    framework::provide(&metadata)?;
    known.push(metadata.clone());
    Ok(metadata)
}

/// The same, asked anew.
pub fn read_metadata(dir: &Path) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    let metadata = command.current_dir(dir).no_deps().exec();
    metadata.with_context(|| format!("cargo cannot read the project at {}", dir.display()))
}
