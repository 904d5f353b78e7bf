// SPDX-License-Identifier: GPL-2.0-only
//! Kernel headers as the distribution's packages install them: where they are, and which kernel they are of.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use kmod_build::arch::Arch;

const INSTALLED: &str = "/usr/src";
/// What the name of a package, and of a build folder, begins with.
pub const PREFIX: &str = "linux-headers-";
/// The file of a build folder that has the release.
pub const UTSRELEASE: &str = "include/generated/utsrelease.h";

/// The flavour of Debian's kernels that is built for and booted: the one for virtual machines.
pub fn flavour() -> &'static str {
    let first = Arch::host().flavours.first();
    first.map(|(_, name)| *name).unwrap_or_default()
}

/// The package with the headers of that flavour.
pub fn package() -> String {
    format!("{PREFIX}{}", flavour())
}

/// The releases whose headers are installed, oldest first.
pub fn installed_releases() -> Vec<String> {
    releases(Path::new(INSTALLED))
}

/// The newest of that flavour.
pub fn newest() -> Option<String> {
    let all = installed_releases();
    all.into_iter()
        .rfind(|release| release.ends_with(flavour()))
}

/// The build folder of an installed release.
pub fn folder(release: &str) -> PathBuf {
    Path::new(INSTALLED).join(format!("{PREFIX}{release}"))
}

/// What `uname -r` says when this kernel runs.
pub fn release(kdir: &Path) -> Result<String> {
    // Not include/config/kernel.release: Debian's says 6.1.192 for 6.1.0-56-cloud-amd64.
    let file = kdir.join(UTSRELEASE);
    let text = fs::read_to_string(&file)
        .with_context(|| format!("cannot read the kernel's release from {}", file.display()))?;
    text.split('"')
        .nth(1)
        .map(str::to_owned)
        .with_context(|| format!("{} has no UTS_RELEASE", file.display()))
}

/// The releases with a build folder in `dir`, oldest first.
fn releases(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("Makefile").is_file())
        .filter_map(|entry| {
            entry
                .file_name()
                .to_str()?
                .strip_prefix(PREFIX)
                .map(str::to_owned)
        })
        .filter(|release| !release.ends_with("-common") && !release.ends_with("-common-rt"))
        .collect();
    found.sort_by(|a, b| compare(a, b));
    found
}

/// The release itself, or the newest that begins with it; the flavour for virtual machines first.
pub fn choose<'a>(all: &'a [String], wanted: &str) -> Option<&'a String> {
    let begins = |release: &&String| {
        release
            .strip_prefix(wanted)
            .is_some_and(|rest| rest.starts_with(['.', '-']))
    };
    let newest = || all.iter().rev().filter(begins);
    all.iter()
        .find(|release| *release == wanted)
        .or_else(|| newest().find(|release| release.ends_with(flavour())))
        .or_else(|| newest().next())
}

/// Numbers compare as numbers: 6.1.0-9 is older than 6.1.0-56.
pub fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        text.split(['.', '-', '+'])
            .map(|part| (part.parse().unwrap_or(0), part.to_owned()))
            .collect()
    };
    parts(a).cmp(&parts(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_ordered_by_number() {
        let mut all: Vec<String> = [
            "6.1.0-56-cloud-amd64",
            "6.1.0-9-cloud-amd64",
            "5.10.0-30-amd64",
        ]
        .map(String::from)
        .into();
        all.sort_by(|a, b| compare(a, b));
        assert_eq!(
            all,
            [
                "5.10.0-30-amd64",
                "6.1.0-9-cloud-amd64",
                "6.1.0-56-cloud-amd64"
            ]
        );
    }

    #[test]
    fn a_beginning_chooses_the_newest_and_never_half_a_number() {
        let all: Vec<String> = ["6.1.0-9-amd64", "6.1.0-56-amd64", "6.12.0-1-amd64"]
            .map(String::from)
            .into();
        assert_eq!(choose(&all, "6.1").unwrap(), "6.1.0-56-amd64");
        assert_eq!(choose(&all, "6.1.0-9-amd64").unwrap(), "6.1.0-9-amd64");
        assert_eq!(choose(&all, "6"), Some(&all[2]));
        assert_eq!(choose(&all, "5.10"), None);
    }
}
