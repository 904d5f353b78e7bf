// SPDX-License-Identifier: GPL-2.0-only
//! Folders to build modules in, and what is wrong with one, told before a build.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::fit;
use crate::error::{host, usage};
use crate::headers::{self, UTSRELEASE};

/// The build folder that `--kdir` names.
pub fn given(kdir: &Path) -> Result<PathBuf> {
    let shown = kdir.display();
    match fs::metadata(kdir) {
        Err(error) => bail!(usage(format!("KDIR {shown}: {error}")).help(help_kdir())),
        Ok(meta) if !meta.is_dir() => {
            bail!(usage(format!("KDIR {shown} is not a folder")).help(help_kdir()));
        }
        Ok(_) => {}
    }
    if !kdir.join("Makefile").is_file() {
        let rule = format!("KDIR {shown} is no kernel build folder: it holds no Makefile");
        bail!(usage(rule).help(help_kdir()));
    }
    let kdir = kdir
        .canonicalize()
        .with_context(|| format!("KDIR {shown}"))?;
    prepared(&kdir)?;
    Ok(kdir)
}

/// The installed headers of `release`, or the newest whose release begins with it.
pub fn installed(release: &str) -> Result<Option<PathBuf>> {
    headers::choose(&headers::installed_releases(), release)
        .map(|found| at(found))
        .transpose()
}

/// The newest installed headers of the distribution's flavour for virtual machines.
pub fn newest() -> Result<PathBuf> {
    let Some(found) = headers::newest() else {
        bail!(
            host(format!(
                "no kernel headers of the flavour {} are installed",
                headers::flavour()
            ))
            .help(format!(
                "apt-get install {}, or name a build folder with --kdir",
                headers::package()
            ))
        );
    };
    at(&found)
}

/// The installed headers of a release.
pub fn at(release: &str) -> Result<PathBuf> {
    let kdir = headers::folder(release);
    prepared(&kdir)?;
    Ok(kdir)
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
                host(format!(
                    "the kernel build folder {kdir} is not prepared: it has no {file}"
                ))
                .help(format!(
                    "in a kernel source: `make -C {kdir} modules_prepare`; of a distribution: \
                     install its linux-headers package again"
                ))
            );
        }
    }
    fit::check(kdir)
}

fn help_kdir() -> String {
    match newest() {
        Ok(kdir) => format!("these headers are installed: --kdir {}", kdir.display()),
        Err(_) => format!("apt-get install {}", headers::package()),
    }
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
        assert_eq!(headers::release(&kdir).unwrap(), "6.1.0-test");
    }

    #[test]
    fn an_unprepared_folder_names_the_file_and_the_command() {
        let dir = tree(&["Makefile", "include/config/auto.conf"]);
        let message = crate::error::message(&given(dir.path()).unwrap_err());
        assert!(
            message.contains("include/generated/autoconf.h"),
            "{message}"
        );
        assert!(message.contains("modules_prepare"), "{message}");
    }
}
