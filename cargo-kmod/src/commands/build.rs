// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod build`: the .ko, through kbuild.

use anyhow::{Context as _, Result};

use crate::build::build_module;
use crate::context::Context;
use crate::exit::Exit;
use crate::kernels::{self, HeadersArgs};
use crate::package::Package;
use crate::setup::{self, Need};

/// Options of `build`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package to build; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    #[command(flatten)]
    kernel: HeadersArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, args.package.as_deref())?;
    setup::require(&[Need::Build])?;
    let kernels = kernels::find_all_headers(ctx, &args.kernel)?;
    for kernel in &kernels {
        setup::require(kernel.needs())?;
    }
    for kernel in &kernels {
        let built = build_module(ctx, &package.dir, kernel)?;
        for file in [&built.ko].into_iter().chain(&built.twins) {
            let size = file
                .metadata()
                .with_context(|| file.display().to_string())?
                .len();
            println!("{} ({size} bytes)", file.display());
        }
    }
    Ok(Exit::Pass)
}
