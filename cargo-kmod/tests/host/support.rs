// SPDX-License-Identifier: GPL-2.0-only
//! Running the command as a user would, with surroundings of our choosing.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A run to be made.
pub struct Run {
    command: Command,
    path: Option<tempfile::TempDir>,
}

/// `cargo kmod ARGS` in `dir`.
pub fn kmod(dir: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-kmod"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    for name in ["CARGO_TARGET_DIR", "MAKEFLAGS"] {
        command.env_remove(name);
    }
    Run {
        command,
        path: None,
    }
}

impl Run {
    /// With a variable set.
    pub fn env(mut self, name: &str, value: &OsStr) -> Run {
        self.command.env(name, value);
        self
    }

    /// With a `PATH` that has everything but `program`.
    pub fn without(mut self, program: &str) -> Run {
        let dir = tempfile::tempdir().unwrap();
        let path = env::var_os("PATH").unwrap();
        for folder in env::split_paths(&path) {
            for file in fs::read_dir(folder).into_iter().flatten().flatten() {
                if file.file_name() != program {
                    // The first of a name wins, as in PATH.
                    let _ = symlink(file.path(), dir.path().join(file.file_name()));
                }
            }
        }
        self.command.env("PATH", dir.path());
        self.path = Some(dir);
        self
    }

    /// Runs it.
    pub fn run(mut self) -> Said {
        let output = self.command.output().unwrap();
        drop(self.path);
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A crate that looks like a module's.
pub fn module_crate() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let manifest =
        "[package]\nname = \"probe\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(dir.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(dir.path().join("Makefile"), "NAME := probe\n").unwrap();
    fs::create_dir(dir.path().join("src")).unwrap();
    fs::write(dir.path().join("src/lib.rs"), "#![no_std]\n").unwrap();
    dir
}
