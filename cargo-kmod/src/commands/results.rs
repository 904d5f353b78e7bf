// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod results`: one table of what several runs found, as of the parts of one.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;
use crate::package;
use crate::suite::{Format, Reporter, read_results};

/// Options of `results`.
#[derive(clap::Args)]
pub struct Args {
    /// What the runs wrote, each to its `target/kmod/results.json`
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How results are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Where all of them go, as one run's
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let (columns, cases) = read_results(&args.files)?;
    let output = match &args.output {
        Some(file) => file.clone(),
        None => {
            let metadata = package::metadata(&ctx.cwd)?;
            metadata
                .target_directory
                .as_std_path()
                .join("kmod/results.json")
        }
    };
    let reporter = Reporter::new(args.format, ctx.verbose);
    for case in cases {
        reporter.case(case);
    }
    let tally = reporter.finish(&columns, &output)?;
    Ok(match tally.failed {
        0 => Exit::Pass,
        _ => Exit::TestFailed,
    })
}
