// SPDX-License-Identifier: GPL-2.0-only
//! The packages with which a machine builds the module by itself, through DKMS: a `.deb`, and an archive with recipes for
//! other distributions. All that is needed is in them but a compiler: the crate, the framework, the crates of both.

mod crates;
mod framework;
mod recipes;
mod scripts;
mod vendor;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::deb::Deb;
use super::tools;
use super::tree::Tree;
use super::{Product, common};
use crate::context::Context;
use crate::error::host;
use crate::package::{Package, files};
use crate::{framework as clone, process};
use scripts::Scripts;

/// What a Debian has to have for it. libclang's package is another one in each release.
const DEPENDS: &[&str] = &[
    "dkms",
    concat!("rustc-web (>= ", env!("CARGO_PKG_RUST_VERSION"), ")"),
    "cargo-web",
    "rust-web-src",
    "gcc",
    "libc6-dev",
    "make",
    "libclang1-14 | libclang1-19 | libclang-dev",
    "libelf1",
    "xz-utils",
    // DKMS makes its key with it, and signs nothing where it is not there.
    "openssl",
];

/// Makes both; says where they are.
pub fn packages(
    ctx: &Context,
    product: &Product,
    package: &Package,
    out: &Path,
) -> Result<Vec<PathBuf>> {
    let Some(clone) = clone::source(None)? else {
        bail!(
            host("the framework's source, which such a package has in it, is not on this machine")
                .help("install cargo-kmod from a clone: cargo install --path CLONE/cargo-kmod")
        );
    };
    let phase = ctx.progress.phase("gathering the sources");
    let staged = tempfile::tempdir()?;
    let source = source(product, package, (&clone, out), staged.path())?;
    phase.done();
    let deb = deb(product, source.clone()).build(product, out)?;
    let shared = common::files(product)?;
    let archive = archive(product, source, shared.clone(), out)?;
    let recipes = recipes::write(product, &shared, &archive, out)?;
    Ok([vec![deb, archive], recipes].concat())
}

/// What is below the folder in `/usr/src`, of the framework's clone and the crate, put together in the folder
/// `staged`. Packages that are in the crate's folder `out` from before are no part of it.
fn source(
    product: &Product,
    package: &Package,
    (clone, out): (&Path, &Path),
    staged: &Path,
) -> Result<Tree> {
    let parts = ["framework", "module", "crates", "vendor"].map(|part| staged.join(part));
    let [framework, module, beside, vendored] = &parts;
    framework::gather(clone, framework)?;
    let names = crates::gather(package, module, beside)?;
    if let Ok(inside) = out.strip_prefix(&package.dir)
        && !inside.as_os_str().is_empty()
    {
        let _ = fs::remove_dir_all(module.join(inside));
    }
    let patch = patch(&names);
    let own = patch
        .replace("@FRAMEWORK@", &framework.display().to_string())
        .replace("@CRATES@", &beside.display().to_string());
    let config = vendor::vendor(framework, (module, &own), vendored)?;
    let mut tree = Tree::default();
    for (folder, under) in [(module, "module"), (beside, "crates")] {
        for file in files(folder) {
            let place = file.strip_prefix(folder).unwrap_or(&file);
            let contents =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            tree.add(format!("{under}/{}", place.display()), contents);
        }
    }
    tree.add(
        "framework.tar.xz",
        vendor::archive(staged, &["framework", "vendor"])?,
    );
    tree.add("vendor.toml", config);
    tree.add("patch.toml", patch);
    let scripts = Scripts::of(product);
    tree.add("dkms.conf", scripts.configuration());
    tree.add_with("build", scripts.build(), 0o755);
    Ok(tree)
}

/// The configuration of cargo's that leads a crate to those that no registry has.
fn patch(beside: &[String]) -> String {
    let ours =
        clone::places().map(|(name, place)| (name.to_owned(), format!("@FRAMEWORK@/{place}")));
    let theirs = beside
        .iter()
        .map(|name| (name.clone(), format!("@CRATES@/{name}")));
    let lines = ours
        .chain(theirs)
        .map(|(name, place)| format!("{name} = {{ path = \"{place}\" }}\n"));
    format!("[patch.crates-io]\n{}", lines.collect::<String>())
}

/// The package of Debian's.
fn deb(product: &Product, source: Tree) -> Deb {
    let name = &product.source;
    let scripts = Scripts::of(product);
    let mut tree = source.below(&format!("usr/src/{name}-{}", product.version));
    tree.add_with(
        format!("usr/lib/{name}-dkms/kernel"),
        scripts.kernel("apt install linux-headers-$release"),
        0o755,
    );
    // After dkms's own, and before the initramfs is made.
    for folder in ["header_postinst.d", "postinst.d"] {
        let place = format!("etc/kernel/{folder}/dkms-{name}");
        tree.add_with(place, scripts.hook(), 0o755);
    }
    let common = format!("{} (>= {})", product.common(), product.version);
    let depends = DEPENDS.iter().map(|one| (*one).to_owned()).chain([common]);
    Deb {
        package: format!("{name}-dkms"),
        architecture: "all",
        relations: vec![
            ("Depends", depends.chain(product.depends.clone()).collect()),
            ("Recommends", vec!["mokutil".to_owned()]),
            ("Provides", vec![product.any()]),
        ],
        description: product.description(
            "source for DKMS",
            "It is built on this machine, for each kernel whose headers are installed, without network.",
        ),
        tree,
        scripts: scripts.of_dpkg(),
    }
}

/// The archive, which is unpacked in `/usr/src`, with the files that all kernels share.
fn archive(product: &Product, source: Tree, shared: Tree, out: &Path) -> Result<PathBuf> {
    let (name, version) = (&product.source, &product.version);
    let folder = tempfile::tempdir()?;
    let root = format!("{name}-{version}");
    let mut tree = source;
    // Where dkms itself is asked for each kernel, not the hooks of a package.
    let conf = Scripts::of(product).configuration() + "AUTOINSTALL=\"yes\"\n";
    tree.add("dkms.conf", conf);
    tree.extend(recipes::parts(product, shared));
    tree.below(&root).write(folder.path(), product.moment)?;
    let file = out.join(format!("{name}-dkms-{version}.tar.gz"));
    let mut tar = process::command("tar");
    tar.args(vendor::SAME).arg(product.moment.of_tar());
    tar.arg("-C").arg(folder.path()).args(["-cf", "-", &root]);
    let tar = tools::output(&mut tar)?;
    fs::write(&file, tools::gzip(&tar)?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
