// SPDX-License-Identifier: GPL-2.0-only
//! What this repository asks of a change, besides what users' own crates are asked: that nothing costs more than
//! it did, and that the watch over a VM sees what goes wrong there.
//!
//! `cargo kmod bench`, and `cargo kmod test` in the workspace, start it with the words of their command line. The
//! parts of `cargo-kmod` that it stands on are that crate's library. `verb` is `bench`, `exact` the part of it that is the same in
//! each run as tests, `selftest` boots that go wrong on purpose.

// Before all others, which use its macros.
#[macro_use]
mod output;

mod bench;
mod exact;
mod selftest;
mod verb;

use std::env;
use std::process::ExitCode;
use std::thread;

use anyhow::{Result, anyhow};
use cargo_kmod::commands::test::{self, OfGate};
use cargo_kmod::context::{Common, Context};
use cargo_kmod::error::{self, usage};
use cargo_kmod::exit::Exit;
use cargo_kmod::package;
use cargo_kmod::suite::{Format, Reporter, STARTED_BY};
use clap::Parser;

/// What the repository asks of a change.
#[derive(Parser)]
#[command(name = "cargo kmod", bin_name = "cargo kmod", version)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

/// The verbs whose words it is given.
#[derive(clap::Subcommand)]
enum Verb {
    /// Say what modules cost, next to their C twins: instructions, bytes, growth, build times
    Bench(verb::Args),
    /// Tell as JSON lines what the workspace is asked besides its packages' tests
    Test(test::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    error::ended(run(&cli))
}

fn run(cli: &Cli) -> Result<Exit> {
    let exe = env::var_os(STARTED_BY).ok_or_else(|| {
        usage(format!("{STARTED_BY} is not set"))
            .help("`cargo kmod bench` and `cargo kmod test` start this program")
    })?;
    let ctx = Context::new(&cli.common, exe.into())?;
    match &cli.verb {
        Verb::Bench(args) => verb::run(args, &ctx),
        Verb::Test(args) => tests(args, &ctx),
    }
}

/// What it proves is of the VM and not of the kernel: on one kernel it is enough.
fn tests(args: &test::Args, ctx: &Context) -> Result<Exit> {
    let metadata = package::metadata(&ctx.cwd)?;
    let of = OfGate::of(args, ctx, &metadata)?;
    let reporter = Reporter::new(Format::Json, false);
    let Some(first) = of.guests.first() else {
        return Ok(Exit::Pass);
    };
    thread::scope(|scope| {
        // It counts instructions, so that what runs besides changes nothing.
        let bench = scope.spawn(|| {
            let places = (of.dir.as_path(), of.target_dir.as_path());
            exact::run(ctx, &of.guests, places, of.filters, &reporter)
        });
        selftest::run(ctx, first, &of.target_dir, of.filters, &reporter);
        let ended = bench.join();
        ended.map_err(|_| anyhow!("the thread of the bench panicked"))?
    })?;
    Ok(Exit::Pass)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn definition_is_consistent() {
        Cli::command().debug_assert();
    }
}
