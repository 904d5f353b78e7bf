// SPDX-License-Identifier: GPL-2.0-only
//! The command line: `cargo kmod VERB`, `cargo-kmod VERB`, and what every verb takes.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

use crate::commands::Verb;
use crate::context::{Common, Context};
use crate::error;

const AFTER_HELP: &str = "\
                          Exit codes: 0 pass, 1 a test failed, 2 usage, 69 host or VM trouble, 124 timeout, 255 guest panic.";

/// Builds, runs and tests Linux kernel modules written in Rust.
#[derive(Parser)]
#[command(name = "cargo kmod", bin_name = "cargo kmod", version, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

/// Reads the command line, runs the verb, prints its error.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = without_cargos_word(env::args_os()).collect();
    let cli = Cli::parse_from(&words);
    let exe = env::current_exe().context("cannot tell where cargo-kmod is");
    error::ended(exe.and_then(|exe| {
        let mut ctx = Context::new(&cli.common, exe)?;
        ctx.words = words.into_iter().skip(1).collect();
        ctx.cargo = cli.verb.cargo();
        cli.verb.run(&ctx)
    }))
}

/// Cargo starts `cargo-kmod kmod VERB` for `cargo kmod VERB`; the alias starts `cargo-kmod VERB`.
fn without_cargos_word(args: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    args.enumerate()
        .filter(|(index, arg)| !(*index == 1 && arg == "kmod"))
        .map(|(_, arg)| arg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn strip(args: &[&str]) -> Vec<String> {
        without_cargos_word(args.iter().map(OsString::from))
            .map(|arg| arg.into_string().unwrap())
            .collect()
    }

    #[test]
    fn definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn cargos_word_is_dropped_once_and_only_in_front() {
        assert_eq!(
            strip(&["cargo-kmod", "kmod", "new", "kmod"]),
            ["cargo-kmod", "new", "kmod"]
        );
        assert_eq!(
            strip(&["cargo-kmod", "new", "kmod"]),
            ["cargo-kmod", "new", "kmod"]
        );
    }
}
