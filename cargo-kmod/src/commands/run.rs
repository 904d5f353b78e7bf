// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod run`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `run`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`run` is not there yet")
}
