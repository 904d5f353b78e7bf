// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod bench`: what modules cost, next to their C twins.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::bench::{self, Baseline, Bench, Format};
use cargo_kmod::context::Context;
use cargo_kmod::exit::Exit;
use cargo_kmod::kernels::{self, KernelArgs};
use cargo_kmod::package;
use cargo_kmod::setup;
use cargo_kmod::vm::{Machine, VmArgs};

/// Options of `bench`.
#[derive(clap::Args)]
pub struct Args {
    /// Measure only these subjects
    #[arg(value_name = "SUBJECT", value_parser = bench::SUBJECTS.to_vec())]
    subjects: Vec<String>,
    /// How the figures are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Write a page with the figures and plots
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Fail where a figure is worse than in this file (of `--save`)
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Keep the figures as a baseline
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Kernel.
    #[command(flatten)]
    kernel: KernelArgs,
    /// VM.
    #[command(flatten)]
    vm: VmArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let metadata = package::metadata(&ctx.cwd)?;
    let dir = metadata.workspace_root.as_std_path();
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    setup::ensure(ctx, args.kernel.needs())?;
    let kernel = kernels::find(ctx, &args.kernel)?;
    setup::ensure(ctx, &kernel.needs())?;
    let target_dir = metadata.target_directory.as_std_path();
    let bench = Bench {
        ctx,
        kernel: &kernel,
        machine: &Machine::prepare(ctx, &args.vm, &kernel, dir, target_dir)?,
        workspace: dir,
        target_dir,
    };
    let report = bench.measure(&args.subjects)?;
    report.tell(args.format)?;
    if let Some(file) = &args.html {
        std::fs::write(file, report.html())
            .with_context(|| format!("cannot write {}", file.display()))?;
        ctx.progress.note(format!("the page: {}", file.display()));
    }
    if let Some(file) = &args.save {
        Baseline::of(&report).write(file)?;
        ctx.progress
            .note(format!("the baseline: {}", file.display()));
    }
    let Some(baseline) = baseline else {
        return Ok(Exit::Pass);
    };
    if baseline.kernel != report.kernel {
        ctx.progress.note(format!(
            "note: the baseline is of Linux {}, this is {}",
            baseline.kernel, report.kernel
        ));
    }
    let worse = baseline.worse(&report);
    for line in &worse {
        eprintln!("worse than the baseline: {}: {}", line.subject, line.what);
    }
    if let Some(file) = &args.baseline {
        let again = |subject: &str| bench::again(&report.kernel, file, subject);
        if let Some(bisect) = bench::bisect(&ctx.cwd, file, &worse, again) {
            eprintln!("= help: {bisect}");
        }
    }
    Ok(match worse.is_empty() {
        true => Exit::Pass,
        false => Exit::TestFailed,
    })
}
