// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod verify`: whether a .ko is as its kernel wants it.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::exit::{Exit, usage};
use crate::kernels::{self, HeaderArgs};
use crate::verify;

/// Options of `verify`.
#[derive(clap::Args)]
pub struct Args {
    /// The module
    #[arg(value_name = "FILE.ko")]
    module: PathBuf,
    /// A module to compare its size and sections with: its C twin
    #[arg(long, value_name = "FILE.ko")]
    against: Option<PathBuf>,
    /// The kernel; without it, the one that the module was built for
    #[command(flatten)]
    kernel: HeaderArgs,
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
    let mut wanted = args.kernel.clone();
    if wanted.kernel.is_none() && wanted.kdir.is_none() {
        wanted.kernel = verify::release_of(&args.module)?;
        if wanted.kernel.is_none() {
            let module = args.module.display();
            return Err(usage(format!(
                "{module} does not say which kernel it is for\n= help: name it with -k or --kdir"
            )));
        }
    }
    let kernel = kernels::find_headers(ctx, &wanted)?;
    let report = verify::verify(&args.module, &kernel, args.against.as_deref())?;
    match args.format {
        Format::Human if ctx.quiet => print!("{}", report.failures()),
        Format::Human => print!("{}", report.human()),
        Format::Json => println!("{}", report.json()),
    }
    Ok(match report.is_clean() {
        true => Exit::Pass,
        false => Exit::TestFailed,
    })
}
