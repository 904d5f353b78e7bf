// SPDX-License-Identifier: GPL-2.0-only
//! The Rust toolchain that builds modules: a compiler together with the sources of its `core`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::process;

/// Where the distribution puts its own compiler, cargo, and sources.
const DISTRIBUTION: [&str; 3] = [
    "/usr/bin/rustc",
    "/usr/bin/cargo",
    "/usr/lib/rustlib/src/rust",
];

/// Where the sources are in a sysroot.
const SOURCES: &str = "lib/rustlib/src/rust";

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
    /// The variable that tells our own commands below kbuild which sysroot `rustc` has: asking
    /// it takes longer than linking a module.
    pub const VARIABLE: &str = "CARGO_KMOD_SYSROOT";

    /// The toolchain in `PATH` if its sources are there, else the distribution's, unless the user has
    /// named one. Once found, it stays.
    #[must_use]
    pub fn find() -> Option<Self> {
        static FOUND: OnceLock<Toolchain> = OnceLock::new();
        if let Some(found) = FOUND.get() {
            return Some(found.clone());
        }
        let found = Self::user().or_else(|| match named() {
            Some(_) => None,
            None => Self::distribution(),
        })?;
        Some(FOUND.get_or_init(|| found).clone())
    }

    /// The toolchain in `PATH`, if it has the sources of `core`.
    #[must_use]
    pub fn user() -> Option<Self> {
        let told = env::var_os(Self::VARIABLE).map(PathBuf::from);
        let sources = told.or_else(|| sysroot(Path::new("rustc")))?.join(SOURCES);
        has_core(&sources).then(|| Self {
            rustc: "rustc".into(),
            cargo: "cargo".into(),
            sources,
            origin: Origin::User,
        })
    }

    /// The value of [`VARIABLE`](Self::VARIABLE), where the toolchain is the user's.
    #[must_use]
    pub fn sysroot(&self) -> Option<&Path> {
        let own = self.origin == Origin::User;
        self.sources
            .ancestors()
            .nth(SOURCES.split('/').count())
            .filter(|_| own)
    }

    /// The compiler itself, past rustup's proxy.
    #[must_use]
    pub fn compiler(&self) -> PathBuf {
        let own = self.sysroot().map(|sysroot| sysroot.join("bin/rustc"));
        own.filter(|own| own.is_file())
            .unwrap_or_else(|| self.rustc.clone())
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

/// The toolchain that rustup was told to take instead of its default one: by `+NAME`, by its variable,
/// for a folder, by a file. Asks rustup only where that does not say so itself.
#[must_use]
pub fn named() -> Option<String> {
    let name = env::var("RUSTUP_TOOLCHAIN").ok()?;
    let is_default = match env::var("RUSTUP_TOOLCHAIN_SOURCE") {
        Ok(source) => source == "default",
        // Older ones set the variable also for the default one.
        Err(_) => {
            let mut rustup = process::command("rustup");
            let said = process::output(rustup.arg("default").env_remove("RUSTUP_TOOLCHAIN"));
            said.is_some_and(|said| said.split(' ').next() == Some(&name))
        }
    };
    (!is_default).then_some(name)
}

fn has_core(source: &Path) -> bool {
    source.join("library/core/Cargo.toml").exists()
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    process::output(process::command(rustc).args(["--print", "sysroot"])).map(PathBuf::from)
}
