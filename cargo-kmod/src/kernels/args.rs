// SPDX-License-Identifier: GPL-2.0-only
//! The options that name kernels.

use std::path::PathBuf;

use kmod_build::arch::{self, Arch};

use super::table;
use crate::setup::Need;

/// Which kernel's headers to build against.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct HeaderArgs {
    /// A supported kernel (6.1, 6.1-rt-amd64), which is fetched once; or a release that is installed
    #[arg(short = 'k', long, value_name = "KERNEL")]
    pub kernel: Option<String>,
    /// Architecture of the kernel, by any of its names (arm64, aarch64; riscv64)
    #[arg(long, value_parser = called)]
    pub arch: Option<&'static Arch>,
    /// Kernel build folder, as `make KDIR=`
    #[arg(long, value_name = "DIR", conflicts_with = "kernel")]
    pub kdir: Option<PathBuf>,
}

/// The architecture that the user calls so.
fn called(text: &str) -> Result<&'static Arch, String> {
    let known = || {
        format!(
            "modules are built for {}",
            arch::in_words(|arch| arch.debian)
        )
    };
    Arch::called(text).ok_or_else(known)
}

impl HeaderArgs {
    /// The name of the kernel; none is the default one, or that of `--kdir`.
    pub fn name(&self) -> Option<String> {
        match (self.arch, &self.kdir) {
            (Some(arch), None) => table::on(arch, self.kernel.as_deref()),
            _ => self.kernel.clone(),
        }
    }
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
        match (&self.headers.kdir, &self.headers.name()) {
            (Some(_), _) => &[Need::Build, Need::Vm],
            (None, Some(_)) => &[Need::Build, Need::Fetch, Need::Vm],
            (None, None) => &[Need::Build, Need::Headers, Need::Vm],
        }
    }
}

/// Which kernels' headers to build against.
#[derive(clap::Args, Debug, Default)]
pub struct HeadersArgs {
    /// A supported kernel (6.1, 6.1-rt-amd64), which is fetched once; or a release that is
    /// installed (repeatable)
    #[arg(short = 'k', long = "kernel", value_name = "KERNEL")]
    kernels: Vec<String>,
    /// Architecture of the kernels, by any of its names (arm64, aarch64; riscv64)
    #[arg(long, value_parser = called)]
    pub arch: Option<&'static Arch>,
    /// Every supported kernel
    #[arg(long, conflicts_with = "kernels")]
    all_kernels: bool,
    /// Kernel build folder, as `make KDIR=`
    #[arg(long, value_name = "DIR", conflicts_with_all = ["kernels", "all_kernels"])]
    pub kdir: Option<PathBuf>,
}

/// Which kernels to build against and to boot.
#[derive(clap::Args, Debug, Default)]
pub struct KernelsArgs {
    /// Headers.
    #[command(flatten)]
    pub headers: HeadersArgs,
    /// Kernel image to boot
    #[arg(long, value_name = "FILE", conflicts_with = "all_kernels")]
    pub image: Option<PathBuf>,
}

impl HeadersArgs {
    /// The names that are given; none is the default kernel, or that of `--kdir`.
    pub fn names(&self) -> Vec<String> {
        let arch = self.arch.unwrap_or_else(Arch::host);
        if self.all_kernels {
            return table::of(arch).map(|name| name.to_string()).collect();
        }
        let on = |text| table::on(arch, text);
        match (self.arch, self.kernels.is_empty()) {
            (Some(_), true) if self.kdir.is_none() => on(None).into_iter().collect(),
            (Some(_), _) => self
                .kernels
                .iter()
                .filter_map(|text| on(Some(text)))
                .collect(),
            (None, _) => self.kernels.clone(),
        }
    }

    /// Whether they say nothing of which kernels.
    pub fn is_silent(&self) -> bool {
        self.kdir.is_none() && self.names().is_empty()
    }
}

impl KernelsArgs {
    /// Whether they say which kernels, by names or by a place.
    pub fn say(&self) -> bool {
        self.image.is_some() || !self.headers.is_silent()
    }

    /// What building for kernels of these names, or without any for the default one or that of
    /// `--kdir`, and booting them needs of the host.
    pub fn needs(&self, names: &[String]) -> Vec<Need> {
        let mut needs = vec![Need::Build, Need::Vm];
        match (names.is_empty(), &self.headers.kdir) {
            (false, _) => needs.push(Need::Fetch),
            (true, None) => needs.push(Need::Headers),
            (true, Some(_)) => {}
        }
        needs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_say_which_kernels() {
        let args = |headers, image| KernelsArgs { headers, image };
        assert!(!args(HeadersArgs::default(), None).say());
        assert!(args(HeadersArgs::default(), Some("/image".into())).say());
        let one = HeadersArgs {
            kernels: vec!["7.3".into()],
            ..HeadersArgs::default()
        };
        assert_eq!(one.names(), ["7.3"]);
        assert!(args(one, None).say());
        let by_path = HeadersArgs {
            kdir: Some("/k".into()),
            ..HeadersArgs::default()
        };
        assert!(args(by_path, None).say());
        let all = HeadersArgs {
            all_kernels: true,
            ..HeadersArgs::default()
        };
        assert_eq!(all.names().len(), table::all().count());
    }
}
