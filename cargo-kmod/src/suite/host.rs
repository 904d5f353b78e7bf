// SPDX-License-Identifier: GPL-2.0-only
//! `cargo test` of what runs on the host: unit tests, doc tests, UI tests.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use cargo_metadata::Package;

use super::libtest::Parser;
use super::{Case, Reporter};
use crate::context::Context;
use crate::process;

/// Lines of cargo's output that a failure shows.
const TAIL: usize = 40;

/// Packages of a workspace and which of their tests.
pub struct HostSuite<'a> {
    /// The workspace's folder.
    pub dir: PathBuf,
    /// Cargo's target folder.
    pub target_dir: PathBuf,
    /// The packages.
    pub packages: Vec<&'a Package>,
    /// Parts of the tests' names; all tests without one.
    pub filters: Vec<String>,
}

impl HostSuite<'_> {
    /// Compiles the tests, as far as they compile: what is wrong is told by [`run`](Self::run).
    pub fn build(&self, ctx: &Context) -> Result<()> {
        if self.packages.is_empty() {
            return Ok(());
        }
        let mut command = self.cargo(ctx);
        command.arg("--no-run");
        let phase = ctx.progress.phase("building the host's tests");
        let log = self.log("host-build.log")?;
        process::logged_lines(&mut command, &log, ctx.verbose, &mut |line| {
            phase.detail(line.trim());
        })?;
        phase.done();
        Ok(())
    }

    /// Runs the tests and tells them.
    pub fn run(&self, ctx: &Context, reporter: &Reporter) -> Result<()> {
        if self.packages.is_empty() {
            return Ok(());
        }
        let mut command = self.cargo(ctx);
        command.arg("--").args(&self.filters);
        // With one thread libtest prints a test's name before the test runs, and its output between.
        command.env("RUST_TEST_THREADS", "2");

        let log = self.log("host-tests.log")?;
        let mut parser = Parser::default();
        let mut failed = false;
        let mut tell = |cases: Vec<Case>| {
            for mut case in cases {
                failed |= case.verdict == super::Verdict::Fail;
                let package = self.package_of(&case.suite);
                // trybuild's cases have no names for libtest.
                case.repeat = Some(
                    match case.name.ends_with(".rs") || case.name.contains(".rs [should ") {
                        true => format!("cargo kmod test -p {package}"),
                        false => format!("cargo kmod test -p {package} '{}'", case.name),
                    },
                );
                reporter.case(case);
            }
        };
        let phase = ctx.progress.phase("cargo test on the host");
        let status = process::logged_lines(&mut command, &log, ctx.verbose, &mut |line| {
            phase.detail(line.trim());
            tell(parser.line(line));
        })?;
        tell(parser.take());
        phase.done();
        if !status.success() && !failed {
            let text = fs::read_to_string(&log).unwrap_or_default();
            let tail = process::last_lines(&text, TAIL);
            let lines = tail.lines().map(str::to_owned).collect();
            let mut case = Case::fail("host", "cargo test", lines);
            case.repeat = Some(process::show(&command));
            reporter.case(case);
        }
        Ok(())
    }

    fn cargo(&self, ctx: &Context) -> Command {
        let mut command = process::command("cargo");
        command
            .current_dir(&self.dir)
            .args(["test", "--no-fail-fast"]);
        for package in &self.packages {
            command.args(["--package", package.name.as_str()]);
        }
        command.args(&ctx.cargo).args(["--color", "never"]);
        command
    }

    /// Where a command's output is kept.
    fn log(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target_dir.join("kmod");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder.join(name))
    }

    /// The package that a test program belongs to. Its name has `_` where a target's may have `-`.
    fn package_of(&self, suite: &str) -> String {
        let program = suite.split(' ').next().unwrap_or(suite);
        let found = self.packages.iter().find(|package| {
            let targets = package.targets.iter();
            targets
                .map(|target| target.name.replace('-', "_"))
                .any(|name| name == program.replace('-', "_"))
        });
        found.map_or_else(|| program.to_owned(), |package| package.name.to_string())
    }
}
