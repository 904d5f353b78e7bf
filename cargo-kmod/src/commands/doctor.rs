// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod doctor`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `doctor`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`doctor` is not there yet")
}
