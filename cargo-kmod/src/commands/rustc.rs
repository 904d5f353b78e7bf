// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod rustc`: what cargo calls as its compiler when it compiles a module.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;

use crate::exit::Exit;
use crate::object::rustc::LastWord;

/// Options of `rustc`.
#[derive(clap::Args)]
pub struct Args {
    /// The compiler
    #[arg(long)]
    rustc: PathBuf,
    /// The target whose code gets the flags
    #[arg(long)]
    target: String,
    /// A flag of the kernel's
    #[arg(long = "flag", allow_hyphen_values = true)]
    flags: Vec<String>,
    /// What cargo says
    #[arg(last = true)]
    words: Vec<OsString>,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Exit> {
    let last_word = LastWord {
        rustc: args.rustc.clone(),
        target: args.target.clone(),
        flags: args.flags.clone(),
    };
    Err(last_word.run(&args.words))
}
