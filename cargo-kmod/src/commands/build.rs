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
    /// The workspace's packages to build (repeatable); without it, the crate of the current folder, in
    /// the workspace's folder all modules
    #[arg(short, long, value_name = "NAME")]
    package: Vec<String>,
    /// All modules of the workspace
    #[arg(long, conflicts_with = "package")]
    workspace: bool,
    #[command(flatten)]
    kernel: HeadersArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let packages = Package::several(&ctx.cwd, &args.package, args.workspace)?;
    setup::require(&[Need::Build])?;
    let kernels = kernels::find_all_headers(ctx, &args.kernel)?;
    if let [kernel] = &kernels[..]
        && args.kernel.is_silent()
        && let Some(note) = kernels::not_running(kernel)
    {
        ctx.progress.note(note);
    }
    for kernel in &kernels {
        setup::require(&kernel.needs())?;
    }
    let pairs = kernels
        .iter()
        .flat_map(|kernel| packages.iter().map(move |package| (kernel, package)));
    for (kernel, package) in pairs {
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
