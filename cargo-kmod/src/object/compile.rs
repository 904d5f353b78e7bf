// SPDX-License-Identifier: GPL-2.0-only
//! Cargo's part: the crate and `core`, compiled with the flags that the kernel's configuration
//! asks for, as a static library.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::BufReader;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, anyhow};
use cargo_metadata::{Artifact, Message};
use kmod_build::config::Config;
use kmod_build::env::KernelEnv;
use kmod_build::helpers::Helpers;
use kmod_build::rustc::RustFlags;

use super::crates::Crates;
use super::rustc::{self, LastWord};
use super::{Request, WARNINGS, hidden};
use crate::debian::Root;
use crate::error::host;
use crate::kernels;
use crate::package::Package;
use crate::toolchain::Toolchain;
use crate::units::{self, Units};

/// What cargo made.
pub struct Compiled {
    /// The static library.
    pub archive: PathBuf,
    /// What the build scripts left to the link.
    pub helpers: Vec<Helpers>,
    /// What else there is in the target folder, for other crates.
    pub units: Units,
}

/// Compiles the crate, for a kernel with that build tree, in the target folder.
pub fn archive(request: &Request, kernel: &KernelEnv, target_dir: &Path) -> Result<Compiled> {
    let target = Target::of(request)?;
    let compiler = units::of_compiler(&target.toolchain.compiler());
    let folders = [
        ("release".into(), host_programs()),
        (
            Path::new(target.flags.target).join("release"),
            release(request)?,
        ),
    ];
    let folders = folders.map(|(folder, name)| {
        let name = format!("{compiler}/{name}");
        (target_dir.join::<PathBuf>(folder), name)
    });
    let mut units = Units::take(folders.into());
    let mut cargo = target.cargo(request, kernel, target_dir)?;
    let commands = is_verbose().then(tempfile::NamedTempFile::new).transpose();
    let commands = commands.context("cannot make a temporary file")?;
    match &commands {
        Some(commands) => cargo.env(rustc::COMMANDS, commands.path()),
        None => cargo.env_remove(rustc::COMMANDS),
    };
    let made = artifact(&mut cargo, target.flags.warnings, request, &mut units);
    if let Some(commands) = commands {
        eprint!(
            "{}",
            fs::read_to_string(commands.path()).unwrap_or_default()
        );
    }
    match made {
        Ok((archive, helpers)) => Ok(Compiled {
            archive,
            helpers,
            units,
        }),
        Err(error) => {
            // What the crate stands on is compiled all the same.
            units.give(|| request.workspace());
            Err(error)
        }
    }
}

/// Whether kbuild shows commands: `make V=1`.
fn is_verbose() -> bool {
    env::var("KBUILD_VERBOSE").is_ok_and(|verbose| verbose.contains('1'))
}

/// What code is generated for, and by which compiler.
struct Target {
    flags: RustFlags,
    toolchain: Toolchain,
}

impl Target {
    fn of(request: &Request) -> Result<Self> {
        let config = Config::read(&request.objtree)?;
        let flags = RustFlags::of(&config).ok_or_else(|| {
            anyhow!(
                "{} is a kernel of an architecture that is not supported",
                request.objtree.display()
            )
        })?;
        let toolchain = Toolchain::find().ok_or_else(|| {
            host("no Rust toolchain with the sources of `core`").help("run `cargo kmod doctor`")
        })?;
        Ok(Self { flags, toolchain })
    }

    /// Cargo, to compile the crate to a static library.
    fn cargo(&self, request: &Request, kernel: &KernelEnv, target_dir: &Path) -> Result<Command> {
        let triple = self.flags.target;
        let last_word = LastWord {
            rustc: self.toolchain.compiler(),
            target: triple.to_owned(),
            flags: self.flags.flags.clone(),
        };
        let words = env::var(super::CARGO_VARIABLE).unwrap_or_default();
        let words = shlex::split(&words)
            .with_context(|| format!("{} is not a shell line", super::CARGO_VARIABLE))?;

        let mut cargo = self.toolchain.command();
        for (name, _) in env::vars_os().filter(|(name, _)| is_codes(name)) {
            cargo.env_remove(name);
        }
        cargo
            .args([
                "rustc",
                "--quiet",
                "--lib",
                "--crate-type",
                "staticlib",
                "--release",
                "-Zbuild-std=core",
                "-Zbuild-std-features=",
            ])
            .args(["--target", triple, "--message-format", "json"])
            .arg("--manifest-path")
            .arg(request.crate_dir.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(target_dir)
            .args(words)
            .current_dir(&request.crate_dir)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", last_word.script(target_dir)?)
            // Before all others that cargo could find flags in.
            .env("CARGO_ENCODED_RUSTFLAGS", last_word.flags.join("\u{1f}"))
            // bindgen asks for the variable of its target first.
            .env(format!("BINDGEN_EXTRA_CLANG_ARGS_{triple}"), "")
            .envs(kernel.to_env())
            .envs(PROFILE.iter().copied());
        Ok(cargo)
    }
}

/// One optimised unit, without what a kernel has no use for. What rustc's own flags say of it is
/// among the kernel's; this is cargo's part.
const PROFILE: &[(&str, &str)] = &[
    ("CARGO_INCREMENTAL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "false"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "2"),
    ("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "false"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    ("CARGO_PROFILE_RELEASE_RPATH", "false"),
    ("CARGO_PROFILE_RELEASE_SPLIT_DEBUGINFO", "off"),
    ("CARGO_PROFILE_RELEASE_STRIP", "none"),
];

/// Whether a variable of the user's environment says how code is to be generated.
fn is_codes(variable: &OsStr) -> bool {
    const CODES: [&str; 3] = ["CARGO_PROFILE_", "CARGO_UNSTABLE_", "CARGO_BUILD_RUSTFLAGS"];
    let name = variable.to_string_lossy();
    CODES.iter().any(|with| name.starts_with(with))
}

/// `kmod/RELEASE/cargo` of the target folder: all modules of a kernel share `core`.
pub fn target_dir(request: &Request) -> Result<PathBuf> {
    let release = release(request)?;
    let folder = Package::target_dir_of(&request.crate_dir)?.join("kmod");
    let own = folder.join(release).join("cargo");
    share_host_programs(&own).with_context(|| format!("cannot write to {}", own.display()))?;
    Ok(own)
}

fn release(request: &Request) -> Result<String> {
    kernels::release(&request.objtree).with_context(|| {
        let tree = request.objtree.display();
        format!("{tree} is not the build folder of a kernel: it has no UTS_RELEASE")
    })
}

/// What the host's programs are kept under.
fn host_programs() -> String {
    match env::var(Root::VARIABLE) {
        Ok(root) => format!("host-{root}"),
        Err(_) => "host".to_owned(),
    }
}

/// What runs on the host (proc macros, build scripts and what they need: bindgen) is the same for
/// all kernels. Cargo keeps it in `release`, which is a link to one folder for each C library that
/// it may be linked against: the host's, and that of each root.
fn share_host_programs(own: &Path) -> std::io::Result<()> {
    let link = own.join("release");
    // From where the link is: the target folder may be moved, or be a copy.
    let shared = Path::new("../..").join(host_programs()).join("release");
    fs::create_dir_all(own)?;
    fs::create_dir_all(own.join(&shared))?;
    match fs::read_link(&link) {
        Ok(to) if to == shared => Ok(()),
        // Whoever made a folder of it has programs of its own.
        Err(_) if link.exists() => Ok(()),
        // Another build may do the same at this moment.
        _ => {
            let new = own.join(format!("release.{}", std::process::id()));
            symlink(&shared, &new)?;
            fs::rename(&new, &link)
        }
    }
}

/// Runs cargo, showing what it compiles and what it has to say.
fn artifact(
    cargo: &mut Command,
    known: &[&str],
    request: &Request,
    units: &mut Units,
) -> Result<(PathBuf, Vec<Helpers>)> {
    let mut child = cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| {
            host("cannot run cargo")
                .help("its folder has to be in PATH, which sudo and services may have changed")
                .because(error)
        })?;
    let mut library = None;
    let mut helpers = Vec::new();
    let mut crates = Crates::default();
    let mut said = String::new();
    if let Some(stdout) = child.stdout.take() {
        for message in Message::parse_stream(BufReader::new(stdout)) {
            let message = message.context("cannot read what cargo says")?;
            units.told_by(&message);
            crates.see(&message);
            match &message {
                Message::CompilerMessage(message) => {
                    let text = message.message.rendered.as_deref().unwrap_or_default();
                    if !known.iter().any(|warning| text.contains(warning)) {
                        eprint!("{text}");
                        said.push_str(text);
                    }
                }
                Message::CompilerArtifact(artifact) => {
                    if !artifact.fresh && !artifact.target.is_custom_build() {
                        eprintln!("  RUST    {}", artifact.target.name);
                    }
                    library = static_library(artifact).or(library);
                }
                Message::BuildScriptExecuted(run) => {
                    let left = Helpers::read(run.out_dir.as_std_path());
                    helpers
                        .extend(left.with_context(|| format!("cannot read from {}", run.out_dir))?);
                }
                _ => {}
            }
        }
    }
    if !child.wait().context("cannot wait for cargo")?.success() {
        return Err(crates.failure(&request.crate_dir));
    }
    crates.versions()?;
    // For who keeps our output in a file.
    let warnings = hidden(&request.out, WARNINGS);
    fs::write(&warnings, said).with_context(|| format!("cannot write {}", warnings.display()))?;
    let archive = library.context("cargo made no static library")?;
    Ok((archive, helpers))
}

/// The static library that cargo made, if it made one.
fn static_library(artifact: &Artifact) -> Option<PathBuf> {
    let mut files = artifact.filenames.iter();
    let library = files.find(|file| file.extension() == Some("a"))?;
    Some(library.clone().into_std_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_programs_are_found_wherever_the_target_folder_goes() {
        let folder = tempfile::tempdir().unwrap();
        let [before, after] = ["before", "after"].map(|name| folder.path().join(name));
        let own = |target: &Path| target.join("release/cargo");
        let leads_to = |target: &Path| fs::canonicalize(own(target).join("release")).unwrap();

        share_host_programs(&own(&before)).unwrap();
        assert_eq!(leads_to(&before), before.join("host/release"));
        fs::rename(&before, &after).unwrap();
        share_host_programs(&own(&after)).unwrap();
        assert_eq!(leads_to(&after), after.join("host/release"));

        // Made by who did not know that.
        fs::remove_file(own(&after).join("release")).unwrap();
        symlink(folder.path(), own(&after).join("release")).unwrap();
        share_host_programs(&own(&after)).unwrap();
        assert_eq!(leads_to(&after), after.join("host/release"));
    }
}
