// SPDX-License-Identifier: GPL-2.0-only
//! What every verb is given: where we are, how much to say, where things are kept.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::cache::Cache;
use crate::progress::Progress;

/// Options that every verb takes.
#[derive(clap::Args)]
pub struct Common {
    /// Show the commands that are run and what they print
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Show results and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Install what is missing without asking
    #[arg(short, long, global = true)]
    pub yes: bool,
}

/// What every verb is given.
pub struct Context {
    /// Show the commands that are run and what they print.
    pub verbose: bool,
    /// Show results and errors only.
    pub quiet: bool,
    /// Install what is missing without asking.
    pub yes: bool,
    /// The file of `cargo-kmod`, for kbuild's rule to call. It is asked for at the start: the tests of our
    /// own workspace link it anew, and a running program's file is then "cargo-kmod (deleted)".
    pub exe: PathBuf,
    /// The folder in which the command was given.
    pub cwd: PathBuf,
    /// Files that outlive a project: fetched kernels.
    pub cache: Cache,
    /// The words of the command line, from the verb or the options before it on.
    pub words: Vec<OsString>,
    /// What cargo is given wherever it compiles the crate that the verb is about: its features.
    pub cargo: Vec<String>,
    /// Where progress is told.
    pub progress: Progress,
}

impl Context {
    /// Reads the surroundings; `exe` is `cargo-kmod`. There are no words.
    pub fn new(common: &Common, exe: PathBuf) -> Result<Context> {
        Ok(Context {
            verbose: common.verbose,
            quiet: common.quiet,
            yes: common.yes,
            exe,
            cwd: env::current_dir().context("cannot tell the current folder")?,
            cache: Cache::from_env()?,
            words: Vec::new(),
            cargo: Vec::new(),
            progress: Progress::new(common.quiet, common.verbose),
        })
    }
}
