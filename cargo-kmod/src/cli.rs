// SPDX-License-Identifier: GPL-2.0-only
//! The command line: `cargo kmod VERB`, `cargo-kmod VERB`, and what every verb takes.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::commands::Verb;
use crate::context::Context;
use crate::exit;

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

/// Options that every verb takes.
#[derive(clap::Args)]
pub struct Common {
    /// Show the commands that are run and what they print
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Show results and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Install what is missing without asking
    #[arg(short, long, global = true)]
    pub yes: bool,
}

/// Reads the command line, runs the verb, prints its error.
pub fn main() -> ExitCode {
    let cli = Cli::parse_from(without_cargos_word(std::env::args_os()));
    let result = Context::new(&cli.common, cli.verb.cargo()).and_then(|ctx| cli.verb.run(&ctx));
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("error: {}", message(&error));
            exit::of_error(&error).into()
        }
    }
}

/// What went wrong, from the outermost to the first cause, and then the help that each gave.
pub fn message(error: &anyhow::Error) -> String {
    let (mut causes, mut help) = (Vec::new(), String::new());
    for cause in error.chain().map(ToString::to_string) {
        match cause.split_once("\n= help:") {
            Some((cause, text)) => {
                causes.push(cause.to_owned());
                help += "\n= help:";
                help += text;
            }
            None => causes.push(cause),
        }
    }
    causes.join(": ") + &help
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
    fn help_stands_below_the_causes() {
        let error = anyhow::anyhow!("no such folder").context("cannot write x\n= help: set y");
        assert_eq!(
            message(&error),
            "cannot write x: no such folder\n= help: set y"
        );
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
