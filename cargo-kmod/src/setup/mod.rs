// SPDX-License-Identifier: GPL-2.0-only
//! What the host must have, and installing it.

mod apt;
mod pieces;
mod rust;

use std::env;
use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};
use kmod_build::arch::Arch;

use crate::context::Context;
use crate::error::host;
use crate::process;

use apt::install_command;
use pieces::PIECES;
pub use pieces::Piece;
pub use rust::{compiler, library};

/// Something that a verb needs of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// What building a module takes: make, gcc, libclang, Rust's library sources.
    Build,
    /// The headers of the distribution's kernel; not needed with `--kdir`.
    Headers,
    /// What fetching a kernel takes: apt, and the keys of Debian's archive.
    Fetch,
    /// What kernels ask for whose modules describe their types to BPF: pahole.
    Btf,
    /// What making a package takes: dpkg, and what Debian's packages are compressed with.
    Package,
    /// What building a kernel takes, besides make and gcc.
    Kernel,
    /// What booting a VM takes: QEMU, and modinfo to look at the module.
    Vm,
    /// What packages ask for whose VM has ACPI tables of their own: iasl.
    Acpi,
    /// What emulates another architecture than the host's.
    Emulator(&'static Arch),
}

impl Need {
    /// The architecture that it is about.
    fn arch(self) -> &'static Arch {
        match self {
            Self::Emulator(arch) => arch,
            _ => Arch::host(),
        }
    }
}

/// A piece that is not there, and for which architecture.
type Missing = (&'static Piece, &'static Arch);

/// Installs what is missing of `needs`; does nothing, quickly, when all is there.
pub fn ensure(ctx: &Context, needs: &[Need]) -> Result<()> {
    let mut missing = missing(needs);
    if let Some(sources) = missing
        .iter()
        .position(|(piece, _)| piece.name == rust::SOURCES.name)
    {
        if rust::add_by_rustup(ctx) {
            missing.remove(sources);
        } else {
            rust::named_lacks_sources()?;
            ctx.progress.note(rust::FALLBACK);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let packages = packages(&missing);
    ask(ctx, &missing, &packages)?;
    apt::install(ctx, &packages)?;
    still_missing(needs)
}

/// An error that names what is missing and the command that mends it; installs nothing.
pub fn require(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if missing
        .iter()
        .any(|(piece, _)| piece.name == rust::SOURCES.name)
    {
        rust::named_lacks_sources()?;
    }
    bail!(
        host(format!("the host lacks {}", list(&missing)))
            .help(install_command(&packages(&missing)))
    )
}

/// The pieces that are not there.
fn missing(needs: &[Need]) -> Vec<Missing> {
    let of = |need: &Need| {
        let (need, arch) = (*need, need.arch());
        pieces()
            .filter(move |piece| piece.is_for(need) && (piece.find)(arch).is_none())
            .map(move |piece| (piece, arch))
    };
    needs.iter().flat_map(of).collect()
}

/// Every piece, for a survey.
pub fn pieces() -> impl Iterator<Item = &'static Piece> {
    PIECES.iter().chain([&rust::SOURCES])
}

/// The command that brings a piece, to be typed by the user.
pub fn mend(piece: &Piece) -> String {
    let by_apt = install_command(&(piece.packages)(Arch::host()));
    if piece.name != rust::SOURCES.name || process::which("rustup").is_none() {
        return by_apt;
    }
    let by_rustup = || format!("rustup component add rust-src, or: {by_apt}");
    rust::add_to_named().unwrap_or_else(by_rustup)
}

fn packages(pieces: &[Missing]) -> Vec<String> {
    let packages = pieces
        .iter()
        .flat_map(|(piece, arch)| (piece.packages)(arch));
    packages.collect()
}

fn list(pieces: &[Missing]) -> String {
    pieces
        .iter()
        .map(|(piece, _)| piece.name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Says what will be installed; asks where there is somebody to answer.
fn ask(ctx: &Context, missing: &[Missing], packages: &[String]) -> Result<()> {
    eprintln!("To be installed with apt-get:");
    for (piece, arch) in missing {
        let packages = (piece.packages)(arch).join(" ");
        eprintln!("  {packages:<28} {}: {}", piece.name, piece.why);
    }
    let terminal = io::stdin().is_terminal();
    let ci = env::var("CI").is_ok_and(|value| value == "true");
    if ctx.yes || ci || (apt::is_root() && !terminal) {
        return Ok(());
    }
    if terminal {
        eprint!("Install them? [Y/n] ");
        io::stderr().flush()?;
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer)?;
        if read > 0 && matches!(answer.trim(), "" | "y" | "Y" | "yes") {
            return Ok(());
        }
    }
    bail!(
        host(format!("the host lacks {}", list(missing)))
            .help(format!("{}, or give --yes", install_command(packages)))
    )
}

fn still_missing(needs: &[Need]) -> Result<()> {
    require(needs).map_err(|error| error.context("apt-get installed its packages, but"))
}
