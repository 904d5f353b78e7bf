// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod object`: what the rule in `Makefile.template` calls.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;
use crate::object::Request;

/// Options of `object`.
#[derive(clap::Args)]
pub struct Args {
    /// The object to write
    #[arg(long)]
    out: PathBuf,
    /// The kernel's build tree
    #[arg(long)]
    objtree: PathBuf,
    /// kbuild's $(CC)
    #[arg(long)]
    cc: String,
    /// kbuild's $(LD)
    #[arg(long)]
    ld: String,
    /// kbuild's $(OBJCOPY)
    #[arg(long)]
    objcopy: String,
    /// kbuild's $(c_flags)
    #[arg(long, allow_hyphen_values = true)]
    c_flags: String,
    /// The C file to write for functions under `#[export]`
    #[arg(long)]
    exports: Option<PathBuf>,
    /// kbuild's $(cmd_objtool)
    #[arg(long, allow_hyphen_values = true, default_value = "")]
    objtool: String,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let request = Request {
        crate_dir: ctx.cwd.clone(),
        out: args.out.clone(),
        objtree: args.objtree.clone(),
        cc: args.cc.clone(),
        ld: args.ld.clone(),
        objcopy: args.objcopy.clone(),
        c_flags: args.c_flags.clone(),
        exports: args.exports.clone(),
        objtool: args.objtool.clone(),
    };
    request.run()?;
    Ok(Exit::Pass)
}
