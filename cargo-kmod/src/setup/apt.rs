// SPDX-License-Identifier: GPL-2.0-only
//! Installing packages with apt-get, as root or through sudo.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::error::host;
use crate::process;

/// Whether this process may install packages without sudo.
pub fn is_root() -> bool {
    // The owner of /proc/self is the effective user.
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

/// The command that installs `packages`, to be typed by the user.
pub fn install_command(packages: &[String]) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get install -y {}", packages.join(" "))
}

/// Installs `packages`; a package list that one source fails to deliver stops nothing.
pub fn install(ctx: &Context, packages: &[String]) -> Result<()> {
    if process::which("apt-get").is_none() {
        bail!(
            "there is no apt-get: install by hand what Debian calls {}",
            packages.join(" ")
        );
    }
    if !is_root() {
        become_root_later(packages)?;
    }
    let logs = tempfile::Builder::new()
        .prefix("cargo-kmod-apt-")
        .tempdir()?;

    let phase = ctx.progress.phase("apt-get update");
    let log = logs.path().join("update.log");
    let status = process::logged(apt_get().arg("update"), &log, &phase, ctx.verbose)?;
    if status.success() {
        phase.done();
    } else {
        drop(phase);
        ctx.progress
            .note("warning: not every package source answered; going on with the others:");
        ctx.progress.note(complaints(&log));
    }

    let phase = ctx
        .progress
        .phase(format!("apt-get install {}", packages.join(" ")));
    let log = logs.path().join("install.log");
    let mut install = apt_get();
    install
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages);
    let status = process::logged(&mut install, &log, &phase, ctx.verbose)?;
    if !status.success() {
        drop(phase);
        let kept = logs.keep().join("install.log");
        bail!(
            host(format!(
                "apt-get could not install {}\n{}\nits whole output: {}",
                packages.join(" "),
                complaints(&kept),
                kept.display()
            ))
            .help(install_command(packages))
        );
    }
    phase.done();
    Ok(())
}

/// Lets sudo ask for its password now, before progress is drawn and output goes into a log.
fn become_root_later(packages: &[String]) -> Result<()> {
    let mut silent = process::command("sudo");
    silent
        .args(["-n", "true"])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let mut asking = process::command("sudo");
    asking.arg("-v");
    let mut succeeds = [silent, asking]
        .into_iter()
        .map(|mut command| command.status());
    if !succeeds.any(|status| status.is_ok_and(|status| status.success())) {
        let packages = packages.join(" ");
        bail!(
            host("neither root nor sudo").help(format!("as root: apt-get install -y {packages}"))
        );
    }
    Ok(())
}

fn apt_get() -> Command {
    let mut command = if is_root() {
        process::command("apt-get")
    } else {
        // sudo clears the environment; env(1) sets it again on the other side.
        let mut sudo = process::command("sudo");
        sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args([
        "-q",
        "-o",
        "DPkg::Lock::Timeout=120",
        "-o",
        "Acquire::Retries=2",
    ]);
    command
}

/// apt's errors and warnings, or its last lines.
fn complaints(log: &Path) -> String {
    let text = fs::read_to_string(log)
        .context("no log")
        .unwrap_or_default();
    let said: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("E:") || line.starts_with("W:"))
        .collect();
    if said.is_empty() {
        process::last_lines(&text, 10)
    } else {
        said.join("\n")
    }
}
