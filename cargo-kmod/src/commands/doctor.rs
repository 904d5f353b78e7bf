// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod doctor`: what is there, what is missing, and the command that mends it.

use anyhow::Result;
use kmod_build::arch::Arch;

use crate::context::Context;
use crate::error;
use crate::exit::Exit;
use crate::kernels::{self, HeaderArgs, Kernel};
use crate::setup::{self, Need, Piece};

/// Options of `doctor`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    kernel: HeaderArgs,
}

/// What is known of one thing.
#[derive(Debug)]
enum Finding {
    Present(String),
    Missing { why: String, mend: String },
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let by_path = args.kernel.kdir.is_some();
    let by_name = args.kernel.name().is_some();
    let (btf, kernel) = match kernels::find_headers(ctx, &args.kernel) {
        Ok(found) => (found.needs().contains(&Need::Btf), present(&found)),
        Err(error) => (false, finding(&error)),
    };
    let mut findings: Vec<(&str, Finding)> = setup::pieces()
        .filter(|piece| match piece.need {
            Need::Headers => !by_path && !by_name,
            Need::Fetch => by_name,
            Need::Btf => btf,
            Need::Kernel | Need::Acpi | Need::Package | Need::Emulator(_) => false,
            Need::Build | Need::Vm => true,
        })
        .map(|piece| (piece.name, look_at(piece)))
        .collect();
    findings.push(("Rust compiler", compiler()));
    findings.push(("kernel to build for", kernel));
    findings.push(("cache", cache(ctx)));

    let mut missing = 0;
    for (name, finding) in &findings {
        match finding {
            Finding::Present(what) => println!("ok       {name}: {what}"),
            Finding::Missing { why, mend } => {
                missing += 1;
                println!("missing  {name}: {why}\n         = help: {mend}");
            }
        }
    }
    for note in notes(ctx, &args.kernel) {
        println!("note     {note}");
    }
    if missing > 0 {
        println!("{missing} missing");
        return Ok(Exit::Host);
    }
    println!("all there");
    Ok(Exit::Pass)
}

fn look_at(piece: &Piece) -> Finding {
    match (piece.find)(Arch::host()) {
        Some(path) => {
            let version = (piece.version)(&path).map(|version| format!("{version}, "));
            Finding::Present(format!("{}{}", version.unwrap_or_default(), path.display()))
        }
        None => Finding::Missing {
            why: piece.why.to_owned(),
            mend: setup::mend(piece),
        },
    }
}

/// The compiler that goes with the sources; both must be of one version, and recent enough.
fn compiler() -> Finding {
    match setup::compiler() {
        Ok(found) => Finding::Present(found),
        Err(error) => finding(&error),
    }
}

fn present(kernel: &Kernel) -> Finding {
    Finding::Present(format!("{} in {}", kernel.release, kernel.kdir.display()))
}

/// What is to be known of the kernel before modules are built for it.
fn notes(ctx: &Context, args: &HeaderArgs) -> Vec<String> {
    match kernels::find_headers(ctx, args) {
        Ok(kernel) => kernels::notes(&kernel.kdir),
        Err(_) => Vec::new(),
    }
}

fn cache(ctx: &Context) -> Finding {
    match ctx.cache.probe() {
        Ok(root) => Finding::Present(root.display().to_string()),
        Err(error) => finding(&error),
    }
}

/// An error's rule and help, as the survey prints them.
fn finding(error: &anyhow::Error) -> Finding {
    let helps: Vec<&str> = error::helps(error).collect();
    Finding::Missing {
        why: error::causes(error),
        mend: match helps.is_empty() {
            true => "see the message".to_owned(),
            false => helps.join("; "),
        },
    }
}
