// SPDX-License-Identifier: GPL-2.0-only
//! Starting other programs: with an environment of our choosing, into a log, within a time limit.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::progress::Phase;

/// What an outer `cargo run`, `cargo test`, rustup or `make` leaves in the environment, and what
/// would steer an inner cargo or make away from the kernel's flags.
const OUTER: &[&str] = &[
    "CARGO",
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_TMPDIR",
    "CARGO_BUILD_TARGET",
    "MAKEFLAGS",
    "MAKELEVEL",
    "MAKEOVERRIDES",
    "MFLAGS",
    "RUSTC",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTDOC",
    "RUSTDOCFLAGS",
    "RUSTFLAGS",
    "RUST_RECURSION_COUNT",
];
const OUTER_PREFIXES: &[&str] = &["CARGO_BIN_EXE_", "CARGO_MANIFEST_", "CARGO_PKG_"];

/// A command whose environment holds nothing of an outer cargo, rustup or make, so that
/// Debian's cargo, rustup's cargo and make each start as from a fresh shell.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if OUTER.contains(&text.as_ref()) || OUTER_PREFIXES.iter().any(|p| text.starts_with(p)) {
            command.env_remove(&name);
        }
    }
    // `cargo run` puts its toolchain's and its products' folders in front.
    if let Some(path) = env::var_os("LD_LIBRARY_PATH") {
        let kept: Vec<PathBuf> = env::split_paths(&path)
            .filter(|dir| !is_cargos(dir))
            .collect();
        match env::join_paths(&kept) {
            Ok(kept_path) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept_path),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

/// A cargo whose products depend on what it builds and not on the folder where it is started: a
/// configured linker is part of what makes cargo build anew, and our workspace configures one
/// (`.cargo/cc`, which brings cc) where a user's crate has none. One that the user has configured stays.
pub fn cargo(program: impl AsRef<OsStr>) -> Command {
    let mut command = command(program);
    let host = format!("{}_UNKNOWN_LINUX_GNU", env::consts::ARCH.to_uppercase());
    let linker = format!("CARGO_TARGET_{host}_LINKER");
    let folder = env::current_dir().unwrap_or_default();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    if env::var_os(&linker).is_none() && !has_linker(&folder, home.as_deref()) {
        command.env(linker, "cc");
    }
    command
}

/// Whether a configuration of cargo's names a linker that is not our workspace's.
fn has_linker(folder: &Path, home: Option<&Path>) -> bool {
    let folders = folder.ancestors().map(|above| above.join(".cargo"));
    let files = folders
        .chain(home.map(Path::to_owned))
        .flat_map(|folder| ["config.toml", "config"].map(|name| folder.join(name)));
    let mut texts = files.filter_map(|file| fs::read_to_string(file).ok());
    texts.any(|text| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| line.starts_with("linker") && !line.contains("\".cargo/cc\""))
    })
}

fn is_cargos(dir: &Path) -> bool {
    let toolchain = env::var_os("RUSTUP_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".rustup")));
    let ours = env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_path_buf));
    toolchain.is_some_and(|home| dir.starts_with(home))
        || ours.is_some_and(|own| dir.starts_with(own))
}

/// The first file of that name in `PATH` (or in sbin, where a user's `PATH` seldom looks).
pub fn which(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|dir| dir.join(program))
        .find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// What a command printed on standard output, when it succeeded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command with both its outputs in the file `log`, telling the phase each line.
/// The lines are shown too when `verbose`.
pub fn logged(
    command: &mut Command,
    log: &Path,
    phase: &Phase,
    verbose: bool,
) -> Result<ExitStatus> {
    logged_lines(command, log, verbose, &mut |line| phase.detail(line.trim()))
}

/// The same with each line handed to `see`.
pub fn logged_lines(
    command: &mut Command,
    log: &Path,
    verbose: bool,
    see: &mut dyn FnMut(&str),
) -> Result<ExitStatus> {
    let mut file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let (reader, writer) = std::io::pipe().context("cannot create a pipe")?;
    if verbose {
        eprintln!("+ {}", show(command));
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("cannot copy a pipe")?)
        .stderr(writer)
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    // The command holds the pipe's other end; it must close with the child.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut lines = BufReader::new(reader);
    let mut line = Vec::new();
    while lines
        .read_until(b'\n', &mut line)
        .context("cannot read a command's output")?
        > 0
    {
        file.write_all(&line)
            .with_context(|| format!("cannot write {}", log.display()))?;
        let text = String::from_utf8_lossy(&line);
        if verbose {
            eprint!("{text}");
        }
        see(text.trim_end_matches('\n'));
        line.clear();
    }
    child.wait().context("cannot wait for a command")
}

/// Waits at most `limit`; a child that is still running then is killed.
pub fn wait_at_most(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for a command")? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill().context("cannot end a command")?;
            child.wait().context("cannot wait for a command")?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// The last `count` lines of a text.
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// The command as one would type it.
pub fn show(command: &Command) -> String {
    let mut text = String::new();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            text += &format!("{}={} ", name.display(), quote(value));
        }
    }
    text += &quote(command.get_program());
    for arg in command.get_args() {
        text += " ";
        text += &quote(arg);
    }
    text
}

/// As a shell reads it. What needs no quotes has none: `shlex` quotes each `NAME=value`.
fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into_owned();
    }
    match shlex::try_quote(&word) {
        Ok(quoted) => quoted.into_owned(),
        // It holds a NUL, which no argument can.
        Err(_) => word.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_command_can_be_pasted() {
        let mut command = Command::new("make");
        command.env("V", "1").arg("M=/a b/c").arg("it's");
        assert_eq!(show(&command), r#"V=1 make 'M=/a b/c' "it's""#);
    }

    #[test]
    fn a_linker_of_the_users_is_found_wherever_it_is_configured() {
        let folder = tempfile::tempdir().unwrap();
        let krate = folder.path().join("a/b");
        let home = folder.path().join("home");
        let text =
            |linker: &str| format!("[target.x86_64-unknown-linux-gnu]\nlinker = \"{linker}\"\n");
        for (place, name) in [
            (folder.path().join(".cargo"), "config.toml"),
            (krate.join(".cargo"), "config"),
            (home.clone(), "config.toml"),
        ] {
            assert!(!has_linker(&krate, Some(&home)), "{}", place.display());
            fs::create_dir_all(&place).unwrap();
            fs::write(place.join(name), text("clang")).unwrap();
            assert!(has_linker(&krate, Some(&home)), "{}", place.display());
            fs::write(place.join(name), text(".cargo/cc")).unwrap();
        }
    }

    #[test]
    fn a_time_limit_ends_the_child() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let status = wait_at_most(&mut child, Duration::from_millis(50)).unwrap();
        assert!(status.is_none());
    }

    #[test]
    fn which_finds_only_what_can_be_run() {
        assert!(which("sh").is_some());
        assert!(which("no-such-program-anywhere").is_none());
    }
}
