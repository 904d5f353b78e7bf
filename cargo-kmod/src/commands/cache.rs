// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod cache`: what was compiled once for all crates.

use anyhow::{Context as _, Result};

use crate::cache::size;
use crate::context::Context;
use crate::exit::Exit;
use crate::units::Store;

/// Options of `cache`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Show what is kept: units of cargo's, by compiler and by what they are for (what is done without a
    /// word)
    List,
    /// Remove all of it: the next build compiles it again
    Clean,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let store = Store::from_env();
    let Some(root) = store.root() else {
        ctx.progress
            .note("nothing is kept: CARGO_KMOD_UNITS is empty");
        return Ok(Exit::Pass);
    };
    match args.action {
        None | Some(Action::List) => {
            println!("{:<40} {:>6} SIZE", "COMPILER/USE", "UNITS");
            for shelf in store.list() {
                println!(
                    "{:<40} {:>6} {}",
                    shelf.name,
                    shelf.units,
                    size(shelf.bytes)
                );
            }
            println!("in {}", root.display());
        }
        Some(Action::Clean) => {
            store
                .clean()
                .with_context(|| format!("cannot remove what is in {}", root.display()))?;
            println!("removed what was in {}", root.display());
        }
    }
    Ok(Exit::Pass)
}
