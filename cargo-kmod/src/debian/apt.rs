// SPDX-License-Identifier: GPL-2.0-only
//! apt, with sources and state of its own in our cache: the host's packages, sources and lists are
//! neither read nor changed. apt checks the signatures and the checksums.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};

use kmod_build::arch::Arch;

use super::Debian;
use super::mirror::Mirrors;
use crate::context::Context;
use crate::error::host;
use crate::process;
use crate::progress::Phase;

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The keys that Debian signs its archive with.
pub fn keyring() -> Option<PathBuf> {
    Some(PathBuf::from(KEYRING)).filter(|file| file.is_file())
}

/// The packages of a Debian release.
pub struct Apt<'a> {
    ctx: &'a Context,
    pub(super) debian: &'static Debian,
    arch: &'static Arch,
    dir: PathBuf,
    /// The command that repeats what is being done, for messages.
    again: String,
    /// apt itself would refuse a second run instead of waiting for the first.
    _lock: File,
}

impl<'a> Apt<'a> {
    /// Brings the lists of `debian`'s packages up to date.
    pub fn update(ctx: &'a Context, debian: &'static Debian, again: &str) -> Result<Apt<'a>> {
        Self::update_for(ctx, debian, Arch::host(), again)
    }

    /// The same for a machine of another architecture, on which programs for the host's run, too.
    pub fn update_for(
        ctx: &'a Context,
        debian: &'static Debian,
        arch: &'static Arch,
        again: &str,
    ) -> Result<Apt<'a>> {
        let name = match arch.is_foreign() {
            true => format!("{}-{}", debian.codename, arch.debian),
            false => debian.codename.to_owned(),
        };
        let dir = ctx.cache.path("apt").join(&name);
        for part in ["lists/partial", "archives/partial"] {
            fs::create_dir_all(dir.join(part)).map_err(|error| ctx.cache.unusable(&error))?;
        }
        let lock = File::create(dir.join("lock")).map_err(|error| ctx.cache.unusable(&error))?;
        lock.lock()?;
        let sources = Mirrors::of_host()?.lines(debian, KEYRING);
        for (file, text) in [("sources.list", sources.as_str()), ("status", "")] {
            fs::write(dir.join(file), text).map_err(|error| ctx.cache.unusable(&error))?;
        }
        let apt = Apt {
            ctx,
            debian,
            arch,
            dir,
            again: again.to_owned(),
            _lock: lock,
        };
        let phase = ctx
            .progress
            .phase(format!("reading the package lists of {name}"));
        apt.run(
            "update",
            &["-o", "APT::Update::Error-Mode=any", "update"],
            &apt.dir,
            &phase,
        )?;
        phase.done();
        Ok(apt)
    }

    /// The names of the packages that begin so.
    pub fn names(&self, prefix: &str) -> Result<Vec<String>> {
        let text = self.ask("apt-cache", &["pkgnames", prefix])?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// The name of a package whose programs are to run on the host.
    pub fn for_host(&self, package: &str) -> String {
        match self.arch.is_foreign() {
            true => format!("{package}:{}", Arch::host().debian),
            false => package.to_owned(),
        }
    }

    /// The fields of the newest version of each package.
    pub fn fields(&self, packages: &[String]) -> Result<Vec<BTreeMap<String, String>>> {
        let mut args = vec!["show", "--no-all-versions"];
        args.extend(packages.iter().map(String::as_str));
        let text = self.ask("apt-cache", &args)?;
        let stanzas = text
            .split("\n\n")
            .filter(|stanza| !stanza.trim().is_empty());
        let fields = stanzas.map(|stanza| {
            let lines = stanza.lines().filter_map(|line| line.split_once(": "));
            lines
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect()
        });
        Ok(fields.collect())
    }

    /// The packages and all that they need, as on a host where nothing is installed.
    pub fn closure(&self, packages: &[&str]) -> Result<Vec<String>> {
        let mut args = vec!["install", "--no-install-recommends", "--print-uris", "-qq"];
        args.extend(packages);
        let text = self.ask("apt-get", &args)?;
        // 'URI' FILE SIZE CHECKSUM
        let files = text
            .lines()
            .filter_map(|line| line.split_whitespace().nth(1));
        let names = files.filter_map(|file| Some(file.split_once('_')?.0.to_owned()));
        Ok(names.collect())
    }

    /// Downloads the packages' files to `to`; before that, says if they will not fit there once
    /// they are unpacked.
    pub fn download(&self, packages: &[String], to: &Path, phase: &Phase) -> Result<Vec<PathBuf>> {
        let number = |fields: &BTreeMap<String, String>, key| -> u64 {
            fields
                .get(key)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0)
        };
        let all = self.fields(packages)?;
        let sizes = all
            .iter()
            .map(|fields| number(fields, "Size") + 1024 * number(fields, "Installed-Size"));
        self.ctx.cache.room_for(sizes.sum())?;
        let mut args = vec!["download"];
        args.extend(packages.iter().map(String::as_str));
        self.run("download", &args, to, phase)?;
        let files = fs::read_dir(to)?.flatten().map(|entry| entry.path());
        let files: Vec<_> = files
            .filter(|file| file.extension().is_some_and(|end| end == "deb"))
            .collect();
        if files.len() < packages.len() {
            bail!(
                "apt-get downloaded {} of {} packages",
                files.len(),
                packages.len()
            );
        }
        Ok(files)
    }

    /// Runs apt-get in `cwd`, with its output in a log that is kept.
    fn run(&self, name: &str, args: &[&str], cwd: &Path, phase: &Phase) -> Result<()> {
        let log = self.dir.join(format!("{name}.log"));
        let mut command = self.command("apt-get");
        command
            .args(["-q", "-o", "Acquire::Retries=2"])
            .args(args)
            .current_dir(cwd);
        let status = process::logged(&mut command, &log, phase, self.ctx.verbose)
            .map_err(|error| self.ctx.cache.blame(error))?;
        if status.success() {
            return Ok(());
        }
        let text = fs::read_to_string(&log).unwrap_or_default();
        let codename = self.debian.codename;
        let error = anyhow!(
            "apt-get {name} failed for {codename}\n{}\nits whole output: {}",
            complaints(&text),
            log.display()
        );
        Err(if text.contains("No space left on device") {
            self.ctx.cache.full(error)
        } else if text.contains("Hash Sum mismatch") || text.contains("unexpected size") {
            host(
                "a download is broken: it is not the file that Debian signed; nothing of \
                 it was kept",
            )
            .help(format!("again: {}", self.again))
            .because(error)
            .into()
        } else if text.contains("Could not")
            || text.contains("Failed to fetch")
            || text.contains("Cannot initiate")
        {
            host("no network, or the mirror does not answer")
                .help(format!(
                    "check the network (apt's proxy settings are used), or set \
                     CARGO_KMOD_MIRROR to another mirror; again: {}",
                    self.again
                ))
                .because(error)
                .into()
        } else {
            host("the packages cannot be had")
                .help(format!("again: {}", self.again))
                .because(error)
                .into()
        })
    }

    fn ask(&self, program: &str, args: &[&str]) -> Result<String> {
        let mut command = self.command(program);
        command.args(args);
        let output = command
            .output()
            .with_context(|| format!("cannot start {program}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!("{}: {}", process::show(&command), said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = process::command(program);
        command.stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        let options = [
            ("Dir::Etc::sourcelist", self.dir.join("sources.list")),
            ("Dir::Etc::sourceparts", "/dev/null".into()),
            ("Dir::State", self.dir.clone()),
            ("Dir::State::lists", self.dir.join("lists")),
            ("Dir::State::status", self.dir.join("status")),
            ("Dir::Cache", self.dir.clone()),
            ("Dir::Cache::srcpkgcache", PathBuf::new()),
            // The cache is the user's own: _apt could not write there.
            ("APT::Sandbox::User", "root".into()),
            ("Acquire::Languages", "none".into()),
            (
                "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled",
                "false".into(),
            ),
            (
                "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled",
                "false".into(),
            ),
            ("Acquire::http::Timeout", "20".into()),
        ];
        for (name, value) in options {
            command.arg("-o").arg(format!("{name}={}", value.display()));
        }
        if self.arch.is_foreign() {
            command.args(["-o", &format!("APT::Architecture={}", self.arch.debian)]);
            for arch in [self.arch, Arch::host()] {
                command.args(["-o", &format!("APT::Architectures::={}", arch.debian)]);
            }
        }
        command
    }
}

/// apt's errors, or its last lines.
fn complaints(text: &str) -> String {
    let said: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("E:") || line.starts_with("W:"))
        .take(6)
        .collect();
    match said.is_empty() {
        true => process::last_lines(text, 6),
        false => said.join("\n"),
    }
}

/// Unpacks a package below `to`; nothing of it is run.
pub fn unpack(ctx: &Context, deb: &Path, to: &Path) -> Result<()> {
    let mut command = process::command("dpkg-deb");
    command.arg("-x").arg(deb).arg(to);
    let output = command.output().context("cannot start dpkg-deb")?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let error = anyhow!("{} cannot be unpacked: {}", deb.display(), said.trim());
    Err(ctx.cache.perhaps_full(error, &said))
}
