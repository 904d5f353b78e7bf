// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod bench`: what modules cost, next to their C twins. It measures this repository's own modules, by a
//! program that is not part of what users install.

use std::ffi::OsString;

use anyhow::{Result, bail};

use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::package;
use crate::suite::Gate;

/// Options of `bench`: the program reads them.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub struct Args {
    /// Subjects, and options: `--help` lists them
    #[arg(
        value_name = "ARGS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    _words: Vec<OsString>,
}

/// Runs the verb.
pub fn run(ctx: &Context) -> Result<Exit> {
    let metadata = package::metadata(&ctx.cwd)?;
    let Some(gate) = Gate::of(&metadata) else {
        bail!(
            usage("`bench` measures the modules of this project's own workspace")
                .help("run it in a clone of the repository")
        );
    };
    gate.bench(ctx)
}
