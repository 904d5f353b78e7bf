// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod glue`: the man page, the udev rules and what else is made of a module's declaration.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;
use crate::glue;
use crate::package::Package;
use crate::setup::{self, Need};

/// Options of `glue`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// The folder to write to; without it, kmod/glue/NAME in the target folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, args.package.as_deref())?;
    setup::require(&[Need::Build])?;
    let out = match &args.out {
        Some(out) => ctx.cwd.join(out),
        None => glue::folder(&package),
    };
    for file in glue::of(ctx, &package)?.write(&out)? {
        println!("{}", file.display());
    }
    Ok(Exit::Pass)
}
