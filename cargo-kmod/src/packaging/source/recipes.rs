// SPDX-License-Identifier: GPL-2.0-only
//! What makes packages of the archive on other distributions: a spec file for rpmbuild, and a PKGBUILD for makepkg.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::scripts::Scripts;
use crate::changed;
use crate::packaging::deb::is_kept;
use crate::packaging::tree::Tree;
use crate::packaging::{Product, devices, tools};

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
    "openssl",
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
    "openssl",
    "xz",
];

/// What they need of the archive besides the source: the files that all kernels share, in their places, and scripts.
pub fn parts(product: &Product, shared: Tree) -> Tree {
    let mut tree = shared.below("system");
    let scripts = Scripts::of(product);
    let kernel = scripts.kernel("dnf install kernel-devel-$release");
    tree.add_with("hooks/kernel", kernel, 0o755);
    tree.add_with("hooks/install", scripts.install(), 0o755);
    tree
}

/// Writes both into folders of `out`, for the archive with the files that all kernels share; says where they are.
pub fn write(product: &Product, shared: &Tree, archive: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    let recipe = Recipe::of(product, shared);
    let recipes = [
        (format!("rpm/{}-dkms.spec", product.source), recipe.spec()),
        ("arch/PKGBUILD".to_owned(), recipe.pkgbuild(archive)?),
    ];
    let mut written = Vec::new();
    for (name, text) in recipes {
        let file = out.join(name);
        changed::write_below(&file, text)?;
        written.push(file);
    }
    Ok(written)
}

/// What both say, each in its way.
struct Recipe<'p> {
    product: &'p Product,
    shared: &'p Tree,
    /// The version without the package's number, and that.
    version: (&'p str, &'p str),
    /// What no two packages that are installed may have.
    devices: Vec<String>,
    /// These, and the module.
    provides: Vec<String>,
}

impl<'p> Recipe<'p> {
    fn of(product: &'p Product, shared: &'p Tree) -> Self {
        let devices = devices::names(&product.glue.devices);
        Self {
            product,
            shared,
            version: product
                .version
                .rsplit_once('-')
                .unwrap_or((&product.version, "")),
            provides: [product.any()].into_iter().chain(devices.clone()).collect(),
            devices,
        }
    }

    /// What is the same in both.
    fn filled(&self, text: &str) -> String {
        Scripts::of(self.product)
            .fill(text)
            .replace("@REVISION@", self.version.1)
    }

    fn spec(&self) -> String {
        let product = self.product;
        let files = self.shared.places().map(|place| {
            let kept = if is_kept(place) {
                "%config(noreplace) "
            } else {
                ""
            };
            format!("{kept}/{place}\n")
        });
        let conflicts = self
            .devices
            .iter()
            .map(|name| format!("Conflicts: {name}\n"));
        let homepage = product.homepage.as_ref();
        let url = homepage.map_or_else(String::new, |url| format!("URL: {url}\n"));
        self.filled(include_str!("../../../templates/rpm/dkms.spec.in"))
            // rpm has macros in its texts.
            .replace("@SUMMARY@", &product.summary.replace('%', "%%"))
            .replace("@UPSTREAM@", self.version.0)
            .replace("@URL@", &url)
            .replace("@LICENCE@", product.licence())
            .replace("@REQUIRES@", &OF_RPM.join(", "))
            .replace("@PROVIDES@", &self.provides.join(", "))
            .replace("@CONFLICTS@", &conflicts.collect::<String>())
            .replace("@FILES@", &files.collect::<String>())
    }

    fn pkgbuild(&self, archive: &Path) -> Result<String> {
        let product = self.product;
        let kept = self.shared.places().filter(|place| is_kept(place));
        // pacman's order has no `~`; letters come before the end of the text as they are.
        let version = self.version.0.replace('~', "");
        let homepage = product.homepage.as_deref().unwrap_or_default();
        Ok(self
            .filled(include_str!("../../../templates/arch/PKGBUILD.in"))
            .replace("@SUMMARY@", &quote(&product.summary))
            .replace("@UPSTREAM@", &version)
            .replace("@URL@", &quote(homepage))
            .replace("@LICENCE@", &quote(product.licence()))
            .replace("@MAINTAINER@", &product.maintainer)
            .replace("@REQUIRES@", &quoted(OF_ARCH.iter().copied()))
            .replace(
                "@PROVIDES@",
                &quoted(self.provides.iter().map(String::as_str)),
            )
            .replace(
                "@CONFLICTS@",
                &quoted(self.devices.iter().map(String::as_str)),
            )
            .replace("@BACKUP@", &quoted(kept))
            .replace("@SUM@", &tools::sha256(archive)?))
    }
}

/// A word of a shell's.
fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Words of a shell's.
fn quoted<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(quote).collect::<Vec<_>>().join(" ")
}
