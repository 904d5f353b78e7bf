// SPDX-License-Identifier: GPL-2.0-only
//! The crates of registries and repositories, as cargo vendors them, in one archive.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::crates;
use crate::error::host;
use crate::packaging::tools;
use crate::process;

/// What makes tar's bytes the same for the same files, besides a time.
pub const SAME: &[&str] = &[
    "--format=gnu",
    "--sort=name",
    "--owner=0",
    "--group=0",
    "--numeric-owner",
    "--mode=u=rwX,go=rX",
];

/// Vendors what the framework and a module need, which is led to the framework by a configuration, into one
/// folder; gives the configuration of cargo's with which it is found, whose folder is `@VENDOR@`. The files
/// Cargo.lock of both then have what they need and no more.
pub fn vendor(framework: &Path, (module, config): (&Path, &str), to: &Path) -> Result<String> {
    run(framework, to)?;
    let folder = module.join(".cargo");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("config.toml"), config)?;
    let said = run(module, to)?;
    fs::remove_dir_all(folder)?;
    Ok(said.replace(&to.display().to_string(), "@VENDOR@"))
}

/// What cargo says of it. Not `--quiet`: it would not print the configuration either.
fn run(dir: &Path, to: &Path) -> Result<String> {
    let mut cargo = crates::cargo(dir);
    cargo
        .args(["vendor", "--versioned-dirs", "--no-delete"])
        .arg(to);
    match tools::output(&mut cargo) {
        Ok(said) => Ok(String::from_utf8(said)?),
        Err(error) => bail!(
            host("the crates that the module is built of cannot be had")
                .help("their registry has to be within reach, once for each version")
                .because(error)
        ),
    }
}

/// Folders of `dir`, packed: they are many files, which a target machine needs once. Their date is always the same:
/// it keeps what it compiles of them under the sum of the archive.
pub fn archive(dir: &Path, folders: &[&str]) -> Result<Vec<u8>> {
    let mut tar = process::command("tar");
    tar.args(SAME).arg("--mtime=2000-01-01 00:00:00Z");
    // More than one thread, or another level, makes other bytes; a higher level saves a tenth in ten times the time.
    tar.args(["-I", "xz -1 -T1", "-C"])
        .arg(dir)
        .args(["-cf", "-"])
        .args(folders);
    tools::output(&mut tar)
}
