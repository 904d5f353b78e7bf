// SPDX-License-Identifier: GPL-2.0-only
//! The verbs: a file each, with its `Args` and its `run`.

mod bench;
mod build;
mod cache;
mod cargo;
mod decode;
mod demo;
mod doctor;
mod fuzz;
mod glue;
mod kernels;
mod new;
mod object;
mod package;
mod results;
mod run;
mod rustc;
pub mod test;
mod uapi;
mod verify;

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;

/// The verbs.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Set up what is missing, build an example, load and use it in a VM, show the transcript
    Demo(demo::Args),
    /// Run the tests: the whole suite in the workspace, a module's own tests in its crate
    Test(test::Args),
    /// Show what several runs found, as the parts of one, in one table
    Results(results::Args),
    /// Build the .ko through kbuild
    Build(build::Args),
    /// Boot a VM with the module loaded: a shell, or the command after `--`
    Run(run::Args),
    /// Use a module by chance, in all ways that its declaration tells of, until the kernel reports something
    Fuzz(fuzz::Args),
    /// Show a kernel's log with Rust's names, and the lines of modules' functions
    Decode(decode::Args),
    /// Write the C header and the Rust crate that programs use a module's ioctls with
    Uapi(uapi::Args),
    /// Write what a module's declaration says for others: man page, udev rule, modprobe.d, Python, JSON, syzlang
    Glue(glue::Args),
    /// Make Debian packages of the module, for one kernel or several
    Package(package::Args),
    /// Say whether a .ko is as its kernel wants it: symbols, defences, sections, stack, size
    Verify(verify::Args),
    /// Write a new module crate
    New(new::Args),
    /// Say what is there, what is missing, and the command that mends it
    Doctor(doctor::Args),
    /// List the supported kernels, fetch them into the cache, remove them from it
    Kernels(kernels::Args),
    /// List or remove what was compiled once for all crates
    Cache(cache::Args),
    /// Say what modules cost, next to their C twins: instructions, bytes, growth, build times
    Bench(bench::Args),
    /// Compile and link the crate's part of a module (kbuild calls this)
    #[command(hide = true)]
    Object(object::Args),
    /// Run the compiler with a kernel's flags (cargo calls this)
    #[command(hide = true)]
    Rustc(rustc::Args),
}

impl Verb {
    /// What cargo is given wherever it compiles the crate that the verb is about.
    pub fn cargo(&self) -> Vec<String> {
        match self {
            Verb::Build(args) => args.cargo.words(),
            Verb::Demo(args) => args.cargo.words(),
            Verb::Run(args) => args.cargo.words(),
            Verb::Test(args) => args.cargo.words(),
            Verb::Fuzz(args) => args.cargo.words(),
            Verb::Uapi(args) => args.cargo.words(),
            Verb::Glue(args) => args.cargo.words(),
            Verb::Package(args) => args.cargo.words(),
            Verb::Verify(args) => args.cargo.words(),
            _ => Vec::new(),
        }
    }

    /// Runs the verb.
    pub fn run(&self, ctx: &Context) -> Result<Exit> {
        match self {
            Verb::Demo(args) => demo::run(args, ctx),
            Verb::Test(args) => test::run(args, ctx),
            Verb::Results(args) => results::run(args, ctx),
            Verb::Build(args) => build::run(args, ctx),
            Verb::Run(args) => run::run(args, ctx),
            Verb::Fuzz(args) => fuzz::run(args, ctx),
            Verb::Decode(args) => decode::run(args, ctx),
            Verb::Uapi(args) => uapi::run(args, ctx),
            Verb::Glue(args) => glue::run(args, ctx),
            Verb::Package(args) => package::run(args, ctx),
            Verb::Verify(args) => verify::run(args, ctx),
            Verb::New(args) => new::run(args, ctx),
            Verb::Doctor(args) => doctor::run(args, ctx),
            Verb::Kernels(args) => kernels::run(args, ctx),
            Verb::Cache(args) => cache::run(args, ctx),
            Verb::Bench(_) => bench::run(ctx),
            Verb::Object(args) => object::run(args, ctx),
            Verb::Rustc(args) => rustc::run(args),
        }
    }
}
