// SPDX-License-Identifier: GPL-2.0-only
//! What makes packages of the archive on other distributions: a spec file for rpmbuild, and a PKGBUILD for makepkg.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::scripts::Scripts;
use crate::packaging::tree::Tree;
use crate::packaging::{Product, common, devices, tools};

/// What builds the module, by Fedora's names.
const OF_RPM: &[&str] = &[
    "dkms",
    "cargo",
    concat!("rust >= ", env!("CARGO_PKG_RUST_VERSION")),
    "rust-src",
    "gcc",
    "make",
    "clang-libs",
    "elfutils-libelf",
    "xz",
];

/// By Arch's.
const OF_ARCH: &[&str] = &[
    "dkms",
    concat!("rust>=", env!("CARGO_PKG_RUST_VERSION")),
    "rust-src",
    "gcc",
    "make",
    "clang",
    "libelf",
    "xz",
];

/// What they need of the archive besides the source: the files that all kernels share, in their places, and scripts.
pub fn parts(product: &Product) -> Result<Tree> {
    let mut tree = common::files(product)?.below("system");
    let scripts = Scripts::of(product);
    let kernel = scripts.kernel("dnf install kernel-devel-$release");
    tree.add_with("hooks/kernel", kernel, 0o755);
    tree.add_with("hooks/install", scripts.install(), 0o755);
    Ok(tree)
}

/// Writes both into folders of `out`, for the archive; says where they are.
pub fn write(product: &Product, archive: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    let recipes = [
        (format!("rpm/{}-dkms.spec", product.source), spec(product)?),
        ("arch/PKGBUILD".to_owned(), pkgbuild(product, archive)?),
    ];
    let mut written = Vec::new();
    for (name, text) in recipes {
        let file = out.join(name);
        let folder = file.parent().unwrap_or(out);
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        written.push(file);
    }
    Ok(written)
}

/// The files that all kernels share, those that an administrator may change or the others.
fn places(product: &Product, is_kept: bool) -> Result<Vec<String>> {
    let files = common::files(product)?;
    let of_kind = files
        .places()
        .filter(|place| place.starts_with("etc/") == is_kept);
    Ok(of_kind.map(str::to_owned).collect())
}

fn spec(product: &Product) -> Result<String> {
    let own = places(product, false)?;
    let own = own.iter().map(|place| format!("/{place}\n"));
    let kept = places(product, true)?;
    let kept = kept
        .iter()
        .map(|place| format!("%config(noreplace) /{place}\n"));
    let devices = devices::names(&product.glue.devices);
    let conflicts = devices.iter().map(|name| format!("Conflicts: {name}\n"));
    let provides: Vec<_> = [product.any()].into_iter().chain(devices.clone()).collect();
    let homepage = product.homepage.as_ref();
    let url = homepage.map_or_else(String::new, |url| format!("URL: {url}\n"));
    Ok(
        filled(include_str!("../../../templates/rpm/dkms.spec.in"), product)
            // rpm has macros in its texts.
            .replace("@SUMMARY@", &product.summary.replace('%', "%%"))
            .replace("@UPSTREAM@", upstream(product))
            .replace("@URL@", &url)
            .replace("@LICENCE@", product.licence())
            .replace("@REQUIRES@", &OF_RPM.join(", "))
            .replace("@PROVIDES@", &provides.join(", "))
            .replace("@CONFLICTS@", &conflicts.collect::<String>())
            .replace("@FILES@", &own.chain(kept).collect::<String>()),
    )
}

fn pkgbuild(product: &Product, archive: &Path) -> Result<String> {
    let quoted = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| quote(word)).collect();
        words.join(" ")
    };
    let needed: Vec<String> = OF_ARCH.iter().map(|&word| word.to_owned()).collect();
    let devices = devices::names(&product.glue.devices);
    let provides: Vec<_> = [product.any()].into_iter().chain(devices.clone()).collect();
    // pacman's order has no `~`; letters come before the end of the text as they are.
    let version = upstream(product).replace('~', "");
    let homepage = product.homepage.clone().unwrap_or_default();
    Ok(
        filled(include_str!("../../../templates/arch/PKGBUILD.in"), product)
            .replace("@SUMMARY@", &quote(&product.summary))
            .replace("@UPSTREAM@", &version)
            .replace("@URL@", &quote(&homepage))
            .replace("@LICENCE@", &quote(product.licence()))
            .replace("@MAINTAINER@", &product.maintainer)
            .replace("@REQUIRES@", &quoted(&needed))
            .replace("@PROVIDES@", &quoted(&provides))
            .replace("@CONFLICTS@", &quoted(&devices))
            .replace("@BACKUP@", &quoted(&places(product, true)?))
            .replace("@SUM@", &tools::sha256(archive)?),
    )
}

/// What names and numbers are the same in both.
fn filled(text: &str, product: &Product) -> String {
    let (_, revision) = product.version.rsplit_once('-').unwrap_or_default();
    text.replace("@SOURCE@", &product.source)
        .replace("@VERSION@", &product.version)
        .replace("@REVISION@", revision)
        .replace("@MODULE@", &product.module)
}

/// The version without the package's number.
fn upstream(product: &Product) -> &str {
    let version = product.version.rsplit_once('-');
    version.map_or(&*product.version, |(version, _)| version)
}

/// A word of a shell's.
fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
