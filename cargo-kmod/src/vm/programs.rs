// SPDX-License-Identifier: GPL-2.0-only
//! Rust programs for the guest: linked statically, so that the initramfs needs no libraries.

use std::fs::{self, File, Permissions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::iter;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{Message, Metadata, MetadataCommand, Package};
use tempfile::NamedTempFile;

use super::Arch;
use crate::context::Context;
use crate::error::host;
use crate::kernels::Kernel;
use crate::setup;
use crate::units::{self, Origin, Store, Units};
use crate::{package, process};

/// A cargo that builds for the guest.
pub struct Cargo<'a> {
    ctx: &'a Context,
    arch: Arch,
    kernel: &'a Kernel,
    target_dir: &'a Path,
}

/// A program that cargo built.
pub struct Program {
    /// The package's Cargo.toml.
    pub manifest: PathBuf,
    /// The target's name.
    pub name: String,
    /// The program.
    pub file: PathBuf,
    /// Whether it was built to test something: it is a `tests/*.rs`, or the unit tests of another
    /// target.
    pub is_test: bool,
    /// Whether it is made of a `tests/*.rs`.
    pub is_integration: bool,
}

impl<'a> Cargo<'a> {
    /// Builds for a kernel's VM into a folder of its own below `target_dir`: other flags, other products.
    pub fn new(
        ctx: &'a Context,
        arch: Arch,
        kernel: &'a Kernel,
        target_dir: &'a Path,
    ) -> Cargo<'a> {
        Cargo {
            ctx,
            arch,
            kernel,
            target_dir,
        }
    }

    /// Runs `cargo build ARGS` in `dir`; gives the programs, and whether all could be built. The
    /// compiler's messages stand in the file at `log`.
    pub fn build(&self, dir: &Path, args: &[String], log: &Path) -> Result<(Vec<Program>, bool)> {
        if self.arch.name != std::env::consts::ARCH {
            setup::library(self.ctx, self.arch.guest.target)?;
        }
        let variable = self.arch.guest.target.to_uppercase().replace('-', "_");
        let mut command = process::cargo("cargo");
        command
            .current_dir(dir)
            .args(["build", "--quiet"])
            .arg("--message-format=json-render-diagnostics")
            .args(["--target", self.arch.guest.target])
            .args(args)
            .env("CARGO_TARGET_DIR", self.target_dir.join("kmod/guest"))
            // Only for the guest: build scripts and proc macros stay as they are.
            .env(
                format!("CARGO_TARGET_{variable}_RUSTFLAGS"),
                self.arch.guest.flags,
            )
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_STRIP", "debuginfo");
        if self.arch.guest.is_cross_linked && self.kernel.arch.is_foreign() {
            command.env(format!("CARGO_TARGET_{variable}_LINKER"), self.linker()?);
        }
        let mut units = Units::take(self.folders());
        let errors =
            File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        if self.ctx.verbose {
            eprintln!("+ {}", process::show(&command));
        }
        let output = command
            .stderr(errors)
            .output()
            .context("cannot start cargo")?;
        let mut programs = Vec::new();
        for message in Message::parse_stream(output.stdout.as_slice()) {
            let message = message?;
            units.told_by(&message);
            if let Message::CompilerArtifact(artifact) = message
                && let Some(file) = artifact.executable
            {
                programs.push(Program {
                    is_test: artifact.profile.test,
                    is_integration: artifact.target.is_test(),
                    manifest: artifact.manifest_path.into(),
                    name: artifact.target.name,
                    file: file.into(),
                });
            }
        }
        units.give(|| Some(package::metadata(dir).ok()?.workspace_root.into()));
        Ok((programs, output.status.success()))
    }

    /// A script that runs the kernel's C compiler: cargo wants one file.
    fn linker(&self) -> Result<PathBuf> {
        let folder = self.target_dir.join("kmod/guest");
        let script = folder.join(format!("linker-{}", self.arch.name));
        let compiler = self.kernel.cc();
        let words = iter::once(compiler.get_program()).chain(compiler.get_args());
        let words: Vec<String> = words
            .map(|word| format!("'{}'", word.to_string_lossy().replace('\'', r"'\''")))
            .collect();
        let text = format!("#!/bin/sh\nexec {} \"$@\"\n", words.join(" "));
        let write = || {
            fs::create_dir_all(&folder)?;
            let mut file = NamedTempFile::new_in(&folder)?;
            file.write_all(text.as_bytes())?;
            fs::set_permissions(file.path(), Permissions::from_mode(0o755))?;
            file.persist(&script).map_err(|error| error.error)?;
            Ok::<_, io::Error>(())
        };
        if fs::read_to_string(&script).is_ok_and(|found| found == text) {
            return Ok(script);
        }
        write().with_context(|| format!("cannot write {}", script.display()))?;
        Ok(script)
    }

    /// Cargo's folders, and what their units are kept under.
    fn folders(&self) -> Vec<(PathBuf, String)> {
        let guest = self.target_dir.join("kmod/guest");
        let target = guest.join(self.arch.guest.target);
        let kept = |name| format!("{}/{name}", units::compiler());
        vec![
            (guest.join("debug"), kept("guest-host")),
            (target.join("debug"), kept("guest")),
        ]
    }

    /// `kmod-init` of the package whose Cargo.toml is `manifest`. It is the same for all crates.
    pub fn init(&self, manifest: &Path) -> Result<PathBuf> {
        let dir = manifest.parent().unwrap_or(manifest);
        let folder = self.target_dir.join("kmod/guest");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let mut sources = DefaultHasher::new();
        let package = package::metadata(dir)?;
        let lock = package.workspace_root.join("Cargo.lock");
        fs::read(lock).ok().hash(&mut sources);
        let origin = Origin::Folder(dir.to_owned());
        (origin.word(), self.arch.guest.target).hash(&mut sources);
        let name = format!(
            "{}/init/kmod-init-{:016x}",
            units::compiler(),
            sources.finish()
        );
        let store = Store::from_env();
        store.program(&name, &folder.join("kmod-init"), || self.build_init(dir))
    }

    /// Builds it in the package's folder.
    fn build_init(&self, dir: &Path) -> Result<PathBuf> {
        // Another run may build in the same folder.
        let log = NamedTempFile::new()?;
        let args = ["--bin", "kmod-init"].map(str::to_owned);
        let phase = self
            .ctx
            .progress
            .phase("building kmod-init, the VM's first process");
        let (programs, _) = self.build(dir, &args, log.path())?;
        phase.done();
        match programs.into_iter().find(|p| p.name == "kmod-init") {
            Some(program) => Ok(program.file),
            None => bail!(
                "cannot build kmod-init, the VM's first process:\n{}",
                fs::read_to_string(log.path()).unwrap_or_default()
            ),
        }
    }
}

/// The Cargo.toml of the package with `kmod-init`: of the workspace in `dir` or among its
/// dependencies, else the one beside this program's sources.
pub fn kmod_test_manifest(dir: &Path) -> Result<PathBuf> {
    let metadata = package::metadata(dir)?;
    let known = kmod_test(&metadata).or_else(|| {
        let full = MetadataCommand::new().current_dir(dir).exec().ok()?;
        kmod_test(&full)
    });
    let manifest = match known {
        Some(package) => {
            let dir = package.source.is_none().then_some(&package.manifest_path);
            let dir = dir.and_then(|manifest| Some(manifest.parent()?.parent()?.as_std_path()));
            package::same_version("kmod-test", &package.version.to_string(), dir)?;
            package.manifest_path.into_std_path_buf()
        }
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("guest/Cargo.toml"),
    };
    if manifest.is_file() {
        return Ok(manifest);
    }
    bail!(
        host("the sources of kmod-init are not there")
            .help(format!("cargo add --dev kmod-test (in {})", dir.display()))
    )
}

fn kmod_test(metadata: &Metadata) -> Option<Package> {
    let mut packages = metadata.packages.iter();
    packages.find(|p| p.name == "kmod-test").cloned()
}

/// Refuses a program that needs a dynamic linker: the VM has none.
pub fn static_program(file: &Path) -> Result<()> {
    let program = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    // The interpreter's path stands behind the program headers.
    let head = &program[..program.len().min(4096)];
    if program.starts_with(b"\x7fELF") && head.windows(10).any(|w| w == b"/ld-linux-") {
        bail!(
            host(format!(
                "{} is linked dynamically, and the VM has no libraries",
                file.display()
            ))
            .help("link it statically (Rust: RUSTFLAGS=-Ctarget-feature=+crt-static)")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dynamically_linked_program_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("program");
        fs::write(&file, b"\x7fELF......../lib64/ld-linux-x86-64.so.2\0").unwrap();
        let error = crate::error::message(&static_program(&file).unwrap_err());
        assert!(error.contains("dynamically"), "{error}");
        fs::write(&file, b"\x7fELF........").unwrap();
        static_program(&file).unwrap();
    }
}
