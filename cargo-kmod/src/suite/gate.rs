// SPDX-License-Identifier: GPL-2.0-only
//! The repository's own part of the suite: a program of its workspace, started with the words of this command
//! line. What it finds it tells as `--format json` does.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::Metadata;

use super::{Case, Reporter};
use crate::context::Context;
use crate::exit::Exit;
use crate::process;

/// The package, which is in the product's own workspace only.
const PACKAGE: &str = "kmod-gate";

/// The variable that tells it which `cargo-kmod` has started it.
pub const VARIABLE: &str = "CARGO_KMOD";

/// The program of the repository.
pub struct Gate {
    manifest: String,
}

impl Gate {
    /// That of the workspace, if it has one.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let package = metadata.packages.iter().find(|one| one.name == PACKAGE)?;
        Some(Self {
            manifest: package.manifest_path.to_string(),
        })
    }

    /// Reports what it finds in the VM, with the options of `test`.
    pub fn test(&self, ctx: &Context, reporter: &Reporter) -> Result<()> {
        let mut child = self
            .command(ctx)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {PACKAGE}"))?;
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let line = line.with_context(|| format!("cannot read what {PACKAGE} says"))?;
                let case: Case = serde_json::from_str(&line)
                    .with_context(|| format!("{PACKAGE} says `{line}`"))?;
                reporter.case(case);
            }
        }
        let status = child.wait()?;
        ensure!(status.success(), "{PACKAGE} failed: {status}");
        Ok(())
    }

    /// Runs `bench`.
    pub fn bench(&self, ctx: &Context) -> Result<Exit> {
        let status = self
            .command(ctx)
            .status()
            .with_context(|| format!("cannot start {PACKAGE}"))?;
        Ok(status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .and_then(Exit::of_code)
            .unwrap_or(Exit::Host))
    }

    /// Cargo, to build and run it.
    fn command(&self, ctx: &Context) -> Command {
        let mut cargo = process::command("cargo");
        cargo
            .args(["run", "--quiet", "--manifest-path", &self.manifest, "--"])
            .args(&ctx.words)
            .current_dir(&ctx.cwd)
            .env(VARIABLE, &ctx.exe);
        cargo
    }
}
