// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod verify`: whether a .ko is as its kernel wants it.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::build::{self, build_module};
use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::kernels::{self, HeaderArgs, Kernel};
use crate::package::Package;
use crate::setup::{self, Need};

/// Options of `verify`.
#[derive(clap::Args)]
pub struct Args {
    /// The module; without it, the crate of the current folder is built, in the workspace's folder all
    /// modules
    #[arg(value_name = "FILE.ko")]
    module: Option<PathBuf>,
    /// A module to compare its size and sections with: its C twin
    #[arg(long, value_name = "FILE.ko", requires = "module")]
    against: Option<PathBuf>,
    /// The workspace's packages to build and look at (repeatable)
    #[arg(short, long, value_name = "NAME", conflicts_with = "module")]
    package: Vec<String>,
    /// All modules of the workspace
    #[arg(long, conflicts_with_all = ["module", "package"])]
    workspace: bool,
    /// The kernel; without it, the one that the file was built for
    #[command(flatten)]
    kernel: HeaderArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
    /// How results are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// How results are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object
    Json,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let Some(module) = &args.module else {
        return all(args, ctx);
    };
    let mut wanted = args.kernel.clone();
    if wanted.kernel.is_none() && wanted.kdir.is_none() {
        wanted.kernel = kmod_verify::release_of(module)?;
        if wanted.kernel.is_none() {
            let module = module.display();
            bail!(
                usage(format!("{module} does not say which kernel it is for"))
                    .help("name it with -k or --kdir")
            );
        }
    }
    let kernel = kernels::find_headers(ctx, &wanted)?;
    let is_clean = show(args, ctx, module, &kernel)?;
    Ok(exit(is_clean))
}

/// Builds modules, and shows all that is known of each.
fn all(args: &Args, ctx: &Context) -> Result<Exit> {
    let packages = Package::several(&ctx.cwd, &args.package, args.workspace)?;
    setup::require(&[Need::Build])?;
    let kernel = kernels::find_headers(ctx, &args.kernel)?;
    setup::require(&kernel.needs())?;
    let mut is_clean = true;
    for package in packages {
        let built = build_module(ctx, &package.dir, &kernel)?;
        is_clean &= show(args, ctx, &built.ko, &kernel)?;
    }
    Ok(exit(is_clean))
}

/// Shows what is found in a module; whether that is nothing.
fn show(args: &Args, ctx: &Context, module: &Path, kernel: &Kernel) -> Result<bool> {
    let others = build::symvers(module);
    let kernel = kernel.to_verify(&others);
    let report = kmod_verify::verify(module, &kernel, args.against.as_deref())?;
    match args.format {
        Format::Human if ctx.quiet => print!("{}", report.failures()),
        Format::Human => print!("{}", report.human()),
        Format::Json => println!("{}", report.json()),
    }
    Ok(report.is_clean())
}

fn exit(is_clean: bool) -> Exit {
    match is_clean {
        true => Exit::Pass,
        false => Exit::TestFailed,
    }
}
