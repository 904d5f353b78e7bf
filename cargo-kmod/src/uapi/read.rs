// SPDX-License-Identifier: GPL-2.0-only
//! Compiles a module's crate for the host, and reads the lines that the compiler wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use cargo_metadata::Message;
use object::read::archive::ArchiveFile;
use object::{Object as _, ObjectSection as _};

use super::describe::Described;
use crate::context::Context;
use crate::package::Package;
use crate::process;
use crate::units::{self, Units};

/// Where the lines are.
const SECTION: &str = ".kmod.uapi";

/// What a module shares with userspace.
pub fn described(ctx: &Context, package: &Package) -> Result<Described> {
    let library = compile(ctx, package)?;
    Described::of(&lines(&library)?)
}

/// Compiles the crate as a library, which needs no kernel and links nothing.
fn compile(ctx: &Context, package: &Package) -> Result<PathBuf> {
    let manifest = package.dir.join("Cargo.toml");
    let target_dir = package.target_dir.join("kmod/uapi/cargo");
    let kept = format!("{}/uapi", units::compiler());
    let mut units = Units::take(vec![(target_dir.join("debug"), kept)]);
    let mut cargo = process::cargo("cargo");
    cargo
        .args(["rustc", "--lib", "--crate-type", "rlib"])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--manifest-path")
        .arg(&manifest)
        .args(&ctx.cargo)
        .env("CARGO_TARGET_DIR", &target_dir)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .current_dir(&package.dir);
    if ctx.verbose {
        eprintln!("+ {}", process::show(&cargo));
        cargo.stderr(Stdio::inherit());
    } else {
        cargo.arg("--quiet");
    }
    let phase = ctx
        .progress
        .phase(format!("compiling {} for the host", package.name));
    let output = cargo.output().context("cannot start cargo")?;
    match output.status.success() {
        true => phase.done(),
        false => drop(phase),
    }
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    let mut library = None;
    for message in Message::parse_stream(output.stdout.as_slice()) {
        let message = message?;
        units.told_by(&message);
        if let Message::CompilerArtifact(artifact) = message
            && artifact.manifest_path == manifest
        {
            let mut files = artifact.filenames.into_iter();
            library = files.find(|file| file.extension() == Some("rlib"));
        }
    }
    units.give(|| Some(package.workspace_dir.clone()));
    if !output.status.success() {
        bail!("cargo could not compile the crate: its messages are above");
    }
    if let Some(library) = library {
        return Ok(library.into());
    }
    bail!("cargo made no library of {}", manifest.display())
}

/// The lines of all objects in a library.
fn lines(library: &Path) -> Result<String> {
    let data = fs::read(library).with_context(|| format!("cannot read {}", library.display()))?;
    let archive = ArchiveFile::parse(&*data)
        .with_context(|| format!("{} is not an archive", library.display()))?;
    let mut lines = String::new();
    for member in archive.members() {
        // What is no object is the compiler's own metadata.
        let Ok(file) = object::File::parse(member?.data(&*data)?) else {
            continue;
        };
        for section in file.sections() {
            if section.name() == Ok(SECTION) {
                lines += std::str::from_utf8(section.data()?)
                    .with_context(|| format!("{SECTION} is not text"))?;
            }
        }
    }
    Ok(lines)
}
