// SPDX-License-Identifier: GPL-2.0-only
//! The sources of Rust's `core`: rustup's component, or the distribution's packages.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Result, bail};

use super::{Need, Piece, mend};
use crate::context::Context;
use crate::error::host;
use crate::process;
use crate::toolchain::{self, Origin, Toolchain};

/// The oldest compiler that knows the flags which kernels ask for.
const MINIMUM: &str = env!("CARGO_PKG_RUST_VERSION");

/// Said when the sources come from the distribution.
pub const FALLBACK: &str = "note: rustup cannot deliver the component rust-src here; \
                            modules will be compiled by the distribution's own rustc, cargo and library sources";

/// The sources, with a compiler of the same version: rustup's, or the distribution's packages.
pub static SOURCES: Piece = Piece {
    name: "Rust's library sources",
    why: "core is compiled with the kernel's flags",
    need: Need::Build,
    packages: |_| {
        ["rustc-web", "cargo-web", "rust-web-src"]
            .map(String::from)
            .into()
    },
    find: |_| Some(Toolchain::find()?.sources),
    version: |_| None,
};

/// The command that adds the sources to the toolchain that the user has named, if they have.
pub fn add_to_named() -> Option<String> {
    let name = toolchain::named()?;
    Some(format!("rustup component add rust-src --toolchain {name}"))
}

/// An error if the sources are missing in a toolchain that the user has named: no other is taken.
pub fn named_lacks_sources() -> Result<()> {
    let Some(add) = add_to_named() else {
        return Ok(());
    };
    let name = toolchain::named().unwrap_or_default();
    bail!(
        host(format!(
            "the toolchain {name} was named, and has no sources of Rust's library"
        ))
        .help(format!("{add}; or name no toolchain"))
    )
}

/// The compiler that goes with the sources, by its `--version`; an error when it is too old or of
/// another version than they are.
pub fn compiler() -> Result<String> {
    let Some(toolchain) = Toolchain::find() else {
        bail!(host("no compiler with its library sources").help(mend(&SOURCES)));
    };
    let Some(said) = toolchain.version() else {
        let rustc = toolchain.rustc.display();
        bail!(host(format!("{rustc} does not run")).help("install Rust from https://rustup.rs"));
    };
    let version = said.split(' ').nth(1).unwrap_or_default();
    if number(version) < number(MINIMUM) {
        bail!(
            host(format!("{said} is too old, at least {MINIMUM} is needed"))
                .help("rustup update stable")
        );
    }
    // Debian's sources are a package of their own, in a folder named by version.
    let dir = toolchain.sources.canonicalize()?;
    let same = dir.to_string_lossy().contains(version);
    if toolchain.origin == Origin::Distribution && !same {
        let dir = dir.display();
        bail!(
            host(format!(
                "{said} and the library sources {dir} differ in version"
            ))
            .help(mend(&SOURCES))
        );
    }
    Ok(said)
}

fn number(version: &str) -> Vec<u32> {
    let digits = version.split('-').next().unwrap_or_default();
    digits
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

/// rustup may be behind a proxy that lets nothing through: it then answers late or never.
const LIMIT: Duration = Duration::from_secs(60);

/// Lets rustup add the sources to the compiler in `PATH`; whether they are there then.
pub fn add_by_rustup(ctx: &Context) -> bool {
    rustup(ctx, &["component", "add", "rust-src"]) && Toolchain::user().is_some()
}

/// Runs rustup, which may not be there; whether it succeeds.
fn rustup(ctx: &Context, args: &[&str]) -> bool {
    if process::which("rustup").is_none() {
        return false;
    }
    let phase = ctx.progress.phase(format!("rustup {}", args.join(" ")));
    let started = process::command("rustup")
        .args(args)
        .env("RUSTUP_AUTO_INSTALL", "0")
        .env("RUSTUP_MAX_RETRIES", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else {
        return false;
    };
    let status = process::wait_at_most(&mut child, LIMIT);
    let added = matches!(status, Ok(Some(status)) if status.success());
    if added {
        phase.done();
    }
    added
}

/// Has Rust's library for a target beside the compiler in `PATH`, which makes the VM's programs.
pub fn library(ctx: &Context, target: &str) -> Result<()> {
    let mut rustc = process::command("rustc");
    rustc.args(["--print", "target-libdir", "--target", target]);
    let mut is_there =
        || process::output(&mut rustc).is_some_and(|dir| Path::new(dir.trim()).is_dir());
    if is_there() || (rustup(ctx, &["target", "add", target]) && is_there()) {
        return Ok(());
    }
    bail!(
        host(format!(
            "Rust's library for {target}, which the VM's programs are made with, is \
             not there"
        ))
        .help(format!("rustup target add {target}"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(number("1.100.0") > number("1.95"));
        assert!(number("1.95.0-nightly") >= number("1.95"));
        assert!(number("1.94.1") < number("1.95"));
    }
}
