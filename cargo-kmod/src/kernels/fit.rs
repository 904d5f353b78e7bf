// SPDX-License-Identifier: GPL-2.0-only
//! Whether modules can be made for a kernel at all: said before anything is built.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use kmod_build::arch;
use kmod_build::config::Config;
use kmod_build::rustc::RustFlags;

use super::Kernel;
use crate::error::host;
use crate::headers;

/// The oldest kernel that is built for.
const OLDEST: (u32, u32) = (5, 10);

/// An error that says why no module can be made for the kernel of this (prepared) build folder.
pub fn check(kdir: &Path) -> Result<()> {
    let release = headers::release(kdir)?;
    let config = Config::read(kdir)?;
    if version(&release).is_some_and(|version| version < OLDEST) {
        bail!(
            host(format!(
                "kernel {release} is older than {}.{}, the oldest that modules are built \
                 for",
                OLDEST.0, OLDEST.1
            ))
            .help("take a newer kernel (-k, --kdir)")
        );
    }
    if !config.is_set("MODULES") {
        bail!(
            host(format!(
                "kernel {release} is configured without CONFIG_MODULES: it loads none"
            ))
            .help("take another kernel, or set the option and build the kernel again")
        );
    }
    let Some(flags) = RustFlags::of(&config) else {
        bail!(
            host(format!(
                "kernel {release} is of an architecture that is not supported"
            ))
            .help(format!(
                "kernels for {} are",
                arch::in_words(|arch| arch.name)
            ))
        );
    };
    if let Some((option, why, help)) = flags.impossible.first() {
        bail!(
            host(format!(
                "no module can be built for kernel {release}, which has CONFIG_{option}: \
                 {why}"
            ))
            .help(*help)
        );
    }
    versions(kdir, &release, config.is_set("MODVERSIONS"))
}

/// CONFIG_MODVERSIONS and Module.symvers must be of one build, or no symbol's CRC will fit.
fn versions(kdir: &Path, release: &str, modversions: bool) -> Result<()> {
    let symvers = kdir.join("Module.symvers");
    let shown = symvers.display();
    let help = "of a distribution: install its linux-headers package again; \
                of your own: `make` builds the kernel and the file, modules_prepare does not";
    let text = fs::read_to_string(&symvers).unwrap_or_default();
    let crc = text
        .lines()
        .find(|line| line.contains("\tmodule_layout\t"))
        .and_then(|line| u32::from_str_radix(line.get(2..10)?, 16).ok());
    match (modversions, crc) {
        (true, None | Some(0)) => bail!(
            host(format!(
                "kernel {release} compares versions of symbols (CONFIG_MODVERSIONS), but {shown} has none"
            ))
            .help(help)
        ),
        (false, Some(1..)) => bail!(
            host(format!(
                "kernel {release} is configured without CONFIG_MODVERSIONS, but {shown} has versions: \
                 they are of two builds"
            ))
            .help(help)
        ),
        _ => Ok(()),
    }
}

/// What is to be known of a kernel before modules are built for it: what rustc cannot give, and
/// what it asks for beyond building.
pub fn notes(kdir: &Path) -> Vec<String> {
    let Ok(config) = Config::read(kdir) else {
        return Vec::new();
    };
    let lacking = RustFlags::of(&config)
        .map(|flags| flags.unsupported)
        .unwrap_or_default();
    let mut notes: Vec<String> = lacking
        .iter()
        .map(|(option, meaning)| format!("CONFIG_{option}: {meaning}"))
        .collect();
    if let Some(option) = insists_on_signatures(&config) {
        let hash = config.get("MODULE_SIG_HASH").unwrap_or("sha256");
        notes.push(format!(
            "CONFIG_{option}: this kernel refuses unsigned modules (\"Key was rejected by service\"), \
             in a VM, too; sign with a key that it trusts: \
             {}/scripts/sign-file {hash} KEY.pem CERTIFICATE.x509 NAME.ko",
            kdir.display()
        ));
    }
    notes
}

/// The option by which a kernel takes no unsigned module, whatever its command line says.
fn insists_on_signatures(config: &Config) -> Option<&'static str> {
    const INSIST: &[&str] = &[
        "MODULE_SIG_FORCE",
        "LOCK_DOWN_KERNEL_FORCE_INTEGRITY",
        "LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY",
    ];
    INSIST.iter().copied().find(|option| config.is_set(option))
}

/// An error if a VM with this kernel could not load what is built for it.
pub fn takes_unsigned(kernel: &Kernel) -> Result<()> {
    let Some(option) = insists_on_signatures(&Config::read(&kernel.kdir)?) else {
        return Ok(());
    };
    bail!(
        host(format!(
            "kernel {} has CONFIG_{option}: it refuses unsigned modules, so nothing \
             can be loaded in a VM",
            kernel.release
        ))
        .help(
            "`cargo kmod build` builds for it, to be signed with a key that it trusts; \
             test on another kernel (-k, --kdir)"
        )
    )
}

/// The first two numbers of a release.
fn version(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split(['.', '-', '+']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_by_their_numbers() {
        assert!(version("5.4.0-26-generic").unwrap() < OLDEST);
        assert!(version("4.19.0-27-amd64").unwrap() < OLDEST);
        assert!(version("5.10.0-46-cloud-amd64").unwrap() >= OLDEST);
        assert!(version("7.3.4+deb13-amd64").unwrap() >= OLDEST);
    }
}
