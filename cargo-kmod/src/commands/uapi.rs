// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod uapi`: the C header and the Rust crate for userspace.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::package::Package;
use crate::setup::{self, Need};
use crate::uapi;

/// Options of `uapi`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// The folder to write to; without it, kmod/uapi/NAME in the target folder
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
        None => uapi::folder(&package),
    };
    let Some(written) = uapi::write(ctx, &package, &out)? else {
        bail!(
            usage(format!("`{}` shares nothing with userspace", package.name))
                .help("declare its commands with `#[ioctl]`, its structs with `#[uapi]`")
        );
    };
    println!("{}", written.header.display());
    println!("{}", written.krate.display());
    Ok(Exit::Pass)
}
