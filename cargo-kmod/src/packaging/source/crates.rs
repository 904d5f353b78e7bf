// SPDX-License-Identifier: GPL-2.0-only
//! The module's crate, and those that it names by their folders, as cargo packages them: each stands by itself, with
//! nothing of the workspace that it is a member of.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::error::unfit;
use crate::framework;
use crate::package::{self, Package};
use crate::packaging::tools;
use crate::process;
use crate::toolchain::Toolchain;

/// Puts the crate into the folder `module`, and those that it needs of the author's into folders of their names in
/// `beside`, whose names are given.
pub fn gather(package: &Package, module: &Path, beside: &Path) -> Result<Vec<String>> {
    packaged(&package.name, &package.dir, module)?;
    if let Ok(text) = fs::read(package.workspace_dir.join("Cargo.lock")) {
        fs::write(module.join("Cargo.lock"), text)?;
    }
    let others = by_path(package)?;
    for (name, dir) in &others {
        packaged(name, dir, &beside.join(name))?;
    }
    Ok(others.into_keys().collect())
}

/// The crates that a module's depends on by their folders, and by those of these, but the framework's.
fn by_path(package: &Package) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![package.dir.clone()];
    while let Some(dir) = folders.pop() {
        let metadata = package::metadata(&dir)?;
        let manifest = dir.join("Cargo.toml");
        let of_it = metadata
            .packages
            .iter()
            .find(|one| one.manifest_path == manifest);
        let dependencies = of_it.iter().flat_map(|one| &one.dependencies);
        for dependency in dependencies {
            let Some(path) = &dependency.path else {
                continue;
            };
            let is_ours = framework::places().any(|(name, _)| name == dependency.name);
            if is_ours || found.contains_key(&dependency.name) {
                continue;
            }
            let path = path.as_std_path().to_owned();
            found.insert(dependency.name.clone(), path.clone());
            folders.push(path);
        }
    }
    Ok(found)
}

/// Cargo, for a crate's folder: the one beside the compiler that modules are built with, if there is one.
pub fn cargo(dir: &Path) -> Command {
    let mut cargo = match Toolchain::find() {
        Some(toolchain) => toolchain.command(),
        None => process::cargo("cargo"),
    };
    cargo.current_dir(dir);
    cargo
}

/// Unpacks a crate as cargo packages it into the folder `to`.
fn packaged(name: &str, dir: &Path, to: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut package = cargo(dir);
    package.args([
        "package",
        "--quiet",
        "--no-verify",
        "--allow-dirty",
        "--exclude-lockfile",
    ]);
    package
        .args(["--package", name, "--target-dir"])
        .arg(folder.path());
    if let Err(error) = tools::output(&mut package) {
        bail!(
            unfit(format!(
                "cargo cannot package `{name}`, which is to be built on another machine"
            ))
            .help("a crate that is named by its folder takes its version, too: version = \"0.1.0\"")
            .because(error)
        );
    }
    let made = fs::read_dir(folder.path().join("package"))?;
    let files = made.filter_map(|entry| Some(entry.ok()?.path()));
    let file = files
        .into_iter()
        .find(|file| file.extension().is_some_and(|end| end == "crate"))
        .context("cargo package made no .crate")?;
    fs::create_dir_all(to)?;
    let mut tar = process::command("tar");
    tar.args(["--strip-components=1", "--no-same-owner", "-C"])
        .arg(to)
        .arg("-xzf")
        .arg(file);
    tools::output(&mut tar)?;
    for unused in UNUSED {
        let _ = fs::remove_file(to.join(unused));
    }
    Ok(())
}

/// What cargo adds for a registry.
const UNUSED: [&str; 3] = ["Cargo.lock", "Cargo.toml.orig", ".cargo_vcs_info.json"];

/// Copies a crate's files as they are, those that cargo would package.
pub fn copy(name: &str, dir: &Path, to: &Path) -> Result<()> {
    let mut list = cargo(dir);
    list.args([
        "package",
        "--quiet",
        "--list",
        "--allow-dirty",
        "--package",
        name,
    ]);
    let listed = String::from_utf8(tools::output(&mut list)?)?;
    for place in listed.lines().filter(|place| !UNUSED.contains(place)) {
        let (from, to) = (dir.join(place), to.join(place));
        fs::create_dir_all(to.parent().unwrap_or(&to))?;
        fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
}
