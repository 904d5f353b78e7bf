// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod package`: Debian packages of a module.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::exit::Exit;
use crate::kernels::{self, HeadersArgs};
use crate::package::Package;
use crate::packaging::{self, Wanted};
use crate::setup::{self, Need};

/// Options of `package`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// The folder to write to; without it, kmod/packages/NAME in the target folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Make the packages with the source, which machines build by themselves through DKMS; with -k, the others, too
    #[arg(long)]
    source: bool,
    /// Private key to sign the modules with (PEM)
    #[arg(long, value_name = "FILE", requires = "sign_cert")]
    sign_key: Option<PathBuf>,
    /// Certificate of that key (PEM or DER)
    #[arg(long, value_name = "FILE", requires = "sign_key")]
    sign_cert: Option<PathBuf>,
    /// Make both, for ten years, where neither is there (by openssl)
    #[arg(long, requires = "sign_key")]
    new_key: bool,
    #[command(flatten)]
    kernel: HeadersArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, args.package.as_deref())?;
    // The source is compiled elsewhere, if no kernel is named.
    let builds = !args.source || !args.kernel.is_silent();
    setup::require(&[Need::Build, Need::Package])?;
    let signer = match (&args.sign_key, &args.sign_cert) {
        (Some(key), Some(cert)) => {
            let [key, cert] = [key, cert].map(|file| ctx.cwd.join(file));
            if args.new_key {
                packaging::new_key(&key, &cert, &package)?;
            }
            Some(packaging::signer(&key, &cert)?)
        }
        _ => None,
    };
    let kernels = match builds {
        true => kernels::find_all_headers(ctx, &args.kernel)?,
        false => Vec::new(),
    };
    for kernel in &kernels {
        setup::require(&kernel.needs())?;
    }
    let out = match &args.out {
        Some(out) => ctx.cwd.join(out),
        None => packaging::folder(&package),
    };
    let wanted = Wanted {
        kernels: &kernels,
        signer: signer.as_ref(),
        source: args.source,
    };
    for file in packaging::packages(ctx, &package, &wanted, &out)? {
        println!("{}", file.display());
    }
    Ok(Exit::Pass)
}
