// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod demo`.

use anyhow::{Result, bail};

use crate::context::Context;
use crate::exit::Exit;

/// Options of `demo`.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, _ctx: &Context) -> Result<Exit> {
    bail!("`demo` is not there yet")
}
