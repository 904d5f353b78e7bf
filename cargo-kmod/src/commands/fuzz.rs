// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod fuzz`: uses a module by chance until the kernel reports something.

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;
use crate::fuzz::{Fuzz, How};
use crate::kernels::{self, KernelArgs};
use crate::package::Package;
use crate::setup;
use crate::vm::{Machine, VmArgs};

/// Options of `fuzz`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// How long, if nothing is found
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    seconds: u64,
    /// How many threads use the module at once
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=4))]
    threads: u8,
    /// What chance begins with: the same programs for the same number, as long as the kernel does the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Kernel.
    #[command(flatten)]
    kernel: KernelArgs,
    /// VM.
    #[command(flatten)]
    vm: VmArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, args.package.as_deref())?;
    setup::ensure(ctx, args.kernel.needs())?;
    let kernel = kernels::find(ctx, &args.kernel)?;
    setup::ensure(ctx, &kernel.needs())?;
    let machine = Machine::prepare(ctx, &args.vm, &kernel, &package.dir, &package.target_dir)?;
    let fuzz = Fuzz::new(ctx, &machine, &kernel, &package)?;
    let how = How {
        seed: args.seed,
        seconds: args.seconds,
        threads: args.threads.into(),
    };
    let Some(found) = fuzz.run(how)? else {
        return Ok(Exit::Pass);
    };
    for line in &found.report {
        println!("{line}");
    }
    let file = fuzz.save(&found, &package)?;
    println!("\nthe program:");
    for program in &found.programs {
        println!("  {program}");
    }
    if !found.is_sure {
        println!("which has not done it again when it was tried");
    }
    println!("the test: {}", file.display());
    Ok(Exit::TestFailed)
}
