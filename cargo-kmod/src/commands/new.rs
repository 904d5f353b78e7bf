// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod new`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `new`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`new` is not there yet")
}
