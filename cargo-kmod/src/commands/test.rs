// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod test`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `test`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`test` is not there yet")
}
