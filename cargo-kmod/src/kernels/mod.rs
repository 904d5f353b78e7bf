// SPDX-License-Identifier: GPL-2.0-only
//! Kernels to build for and to boot: headers from the host, the image from the distribution.

mod headers;
mod image;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::context::Context;
use crate::setup::Need;

/// Where the newest installed headers of the distribution's flavour are.
pub fn installed() -> Option<PathBuf> {
    headers::newest().ok()
}

/// What `uname -r` says of the kernel whose build folder this is.
pub fn release(kdir: &Path) -> Option<String> {
    headers::release(kdir).ok()
}

/// Which kernel's headers to build against.
#[derive(clap::Args, Clone, Debug, Default)]
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

impl KernelArgs {
    /// What building for it and booting it needs of the host.
    pub fn needs(&self) -> &'static [Need] {
        match self.headers.kdir {
            Some(_) => &[Need::Build, Need::Vm],
            None => Need::ALL,
        }
    }
}

/// A kernel whose headers are there and prepared; its image is fetched when it is asked for.
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
    pub fn image(&self, ctx: &Context) -> Result<PathBuf> {
        match &self.image {
            Some(image) => Ok(image.clone()),
            None => image::of_distribution(ctx, &self.release),
        }
    }
}

/// The kernel that the options name, or the distribution's current one.
pub fn find(ctx: &Context, args: &KernelArgs) -> Result<Kernel> {
    let mut kernel = find_headers(ctx, &args.headers)?;
    if let Some(path) = &args.image {
        image::check(path, &kernel.release)?;
        kernel.image = Some(path.canonicalize()?);
    }
    Ok(kernel)
}

/// The same for a verb that boots nothing.
pub fn find_headers(ctx: &Context, args: &HeaderArgs) -> Result<Kernel> {
    let kdir = match (&args.kdir, &args.kernel) {
        (Some(kdir), _) => headers::given(kdir)?,
        (None, Some(release)) => headers::installed(release)?,
        (None, None) => headers::newest()?,
    };
    let release = headers::release(&kdir)?;
    if ctx.verbose {
        ctx.progress
            .note(format!("kernel {release}, built for in {}", kdir.display()));
    }
    Ok(Kernel {
        release,
        kdir,
        image: None,
    })
}

/// The flavour of Debian's kernels that is built for and booted: the one for virtual machines.
pub fn flavour() -> &'static str {
    match std::env::consts::ARCH {
        "aarch64" => "cloud-arm64",
        "riscv64" => "riscv64",
        _ => "cloud-amd64",
    }
}
