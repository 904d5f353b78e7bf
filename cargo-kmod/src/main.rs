// SPDX-License-Identifier: GPL-2.0-only
//! Builds, runs and tests Linux kernel modules written in Rust.
//!
//! `cli` reads the command line, `commands` has a file per verb; the rest is what verbs share.

// Before all others, which use its macros.
#[macro_use]
mod output;

mod bench;
mod build;
mod cache;
mod cli;
mod commands;
mod context;
mod debian;
mod exit;
mod framework;
mod kernels;
mod object;
mod package;
mod process;
mod progress;
mod setup;
mod suite;
mod toolchain;
mod uapi;
mod units;
mod vm;

fn main() -> std::process::ExitCode {
    cli::main()
}
