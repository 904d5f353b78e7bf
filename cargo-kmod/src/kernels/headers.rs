// SPDX-License-Identifier: GPL-2.0-only
//! Finding a kernel's headers, and telling what is wrong with a build folder before a build.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{fit, flavour};
use crate::exit::usage;

const INSTALLED: &str = "/usr/src";
/// What the name of a package, and of a build folder, begins with.
pub const PREFIX: &str = "linux-headers-";
const UTSRELEASE: &str = "include/generated/utsrelease.h";

/// The build folder that `--kdir` names.
pub fn given(kdir: &Path) -> Result<PathBuf> {
    let shown = kdir.display();
    match fs::metadata(kdir) {
        Err(error) => return Err(usage(format!("KDIR {shown}: {error}\n{}", help_kdir()))),
        Ok(meta) if !meta.is_dir() => {
            return Err(usage(format!(
                "KDIR {shown} is not a folder\n{}",
                help_kdir()
            )));
        }
        Ok(_) => {}
    }
    if !kdir.join("Makefile").is_file() {
        let rule = format!("KDIR {shown} is no kernel build folder: it holds no Makefile");
        return Err(usage(format!("{rule}\n{}", help_kdir())));
    }
    let kdir = kdir
        .canonicalize()
        .with_context(|| format!("KDIR {shown}"))?;
    prepared(&kdir)?;
    Ok(kdir)
}

/// The releases whose headers are installed, oldest first.
pub fn installed_releases() -> Vec<String> {
    releases(Path::new(INSTALLED))
}

/// The installed headers of `release`, or the newest whose release begins with it.
pub fn installed(release: &str) -> Result<Option<PathBuf>> {
    choose(&installed_releases(), release)
        .map(|found| at(found))
        .transpose()
}

/// The newest installed headers of the distribution's flavour for virtual machines.
pub fn newest() -> Result<PathBuf> {
    let all = installed_releases();
    let flavour = flavour();
    let Some(found) = all.iter().rev().find(|release| release.ends_with(flavour)) else {
        bail!(
            "no kernel headers of the flavour {flavour} are installed\n\
             = help: apt-get install {PREFIX}{flavour}, or name a build folder with --kdir"
        );
    };
    at(found)
}

/// The installed headers of a release.
pub fn at(release: &str) -> Result<PathBuf> {
    let kdir = Path::new(INSTALLED).join(format!("{PREFIX}{release}"));
    prepared(&kdir)?;
    Ok(kdir)
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

/// An error unless modules can be built in this folder, for such a kernel.
fn prepared(kdir: &Path) -> Result<()> {
    const MADE: &[&str] = &[
        "include/generated/autoconf.h",
        "include/config/auto.conf",
        UTSRELEASE,
    ];
    for file in MADE {
        if !kdir.join(file).is_file() {
            let kdir = kdir.display();
            bail!(
                "the kernel build folder {kdir} is not prepared: it has no {file}\n\
                 = help: in a kernel source: `make -C {kdir} modules_prepare`; \
                 of a distribution: install its linux-headers package again"
            );
        }
    }
    fit::check(kdir)
}

fn help_kdir() -> String {
    match newest() {
        Ok(kdir) => format!(
            "= help: these headers are installed: --kdir {}",
            kdir.display()
        ),
        Err(_) => format!("= help: apt-get install {PREFIX}{}", flavour()),
    }
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

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let file = dir.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let text = "#define UTS_RELEASE \"6.1.0-test\"\nCONFIG_MODULES=y\nCONFIG_X86_64=y\n";
            fs::write(&file, text).unwrap();
        }
        dir
    }

    #[test]
    fn a_prepared_folder_is_taken_and_its_release_read() {
        let dir = tree(&[
            "Makefile",
            "include/generated/autoconf.h",
            "include/config/auto.conf",
            "include/generated/utsrelease.h",
        ]);
        let kdir = given(dir.path()).unwrap();
        assert_eq!(release(&kdir).unwrap(), "6.1.0-test");
    }

    #[test]
    fn an_unprepared_folder_names_the_file_and_the_command() {
        let dir = tree(&["Makefile", "include/config/auto.conf"]);
        let message = given(dir.path()).unwrap_err().to_string();
        assert!(
            message.contains("include/generated/autoconf.h"),
            "{message}"
        );
        assert!(message.contains("modules_prepare"), "{message}");
    }

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
