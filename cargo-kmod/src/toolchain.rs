// SPDX-License-Identifier: GPL-2.0-only
//! The Rust toolchain that builds modules: a compiler together with the sources of its `core`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// Where the distribution puts its own compiler, cargo, and sources.
const DISTRIBUTION: [&str; 3] = [
    "/usr/bin/rustc",
    "/usr/bin/cargo",
    "/usr/lib/rustlib/src/rust",
];

/// A compiler, a cargo, and the sources of `core` that belong to them.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// The compiler.
    pub rustc: PathBuf,
    /// The cargo that drives it.
    pub cargo: PathBuf,
    /// The sources.
    pub sources: PathBuf,
    /// Whose it is.
    pub origin: Origin,
}

/// Whose toolchain it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The one in `PATH`, with the `rust-src` component.
    User,
    /// The distribution's packages.
    Distribution,
}

impl Toolchain {
    /// The toolchain in `PATH` if its sources are there, else the distribution's.
    #[must_use]
    pub fn find() -> Option<Self> {
        Self::user().or_else(Self::distribution)
    }

    /// The toolchain in `PATH`, if it has the sources of `core`.
    #[must_use]
    pub fn user() -> Option<Self> {
        let sources = sysroot(Path::new("rustc"))?.join("lib/rustlib/src/rust");
        has_core(&sources).then(|| Self {
            rustc: "rustc".into(),
            cargo: "cargo".into(),
            sources,
            origin: Origin::User,
        })
    }

    /// The distribution's toolchain, if its compiler, cargo and sources are installed.
    #[must_use]
    pub fn distribution() -> Option<Self> {
        let [rustc, cargo, source] = DISTRIBUTION.map(Path::new);
        let there = rustc.exists() && cargo.exists() && has_core(source);
        there.then(|| Self {
            rustc: rustc.into(),
            cargo: cargo.into(),
            sources: source.into(),
            origin: Origin::Distribution,
        })
    }

    /// What `rustc --version` says.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        process::output(process::command(&self.rustc).arg("--version"))
    }

    /// `cargo`, with this toolchain's compiler and without what an outer cargo left in the
    /// environment.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = process::cargo(&self.cargo);
        if self.origin == Origin::Distribution {
            command.env("RUSTC", &self.rustc);
        }
        command
    }
}

fn has_core(source: &Path) -> bool {
    source.join("library/core/Cargo.toml").exists()
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    process::output(process::command(rustc).args(["--print", "sysroot"])).map(PathBuf::from)
}
