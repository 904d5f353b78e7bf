// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod object`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `object`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`object` is not there yet")
}
