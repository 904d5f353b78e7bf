// SPDX-License-Identifier: GPL-2.0-only
//! Debian packages of a module: a file for each kind of package, and for each thing that all have.

mod common;
mod compressed;
mod deb;
mod develop;
mod devices;
mod documents;
mod error;
mod initramfs;
mod moment;
mod prebuilt;
mod settings;
mod sign;
mod signature;
mod source;
mod stripped;
mod tools;
mod tree;
mod units;
mod version;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build::build_module;
use crate::context::Context;
use crate::error::Failure;
use crate::glue::{self, Glue};
use crate::kernels::Kernel;
use crate::package::Package;
use moment::Moment;
use settings::Settings;
pub use sign::Signer;

/// What the packages of a crate have in common.
pub struct Product {
    /// What packages' names begin with.
    pub source: String,
    /// The module's name.
    pub module: String,
    /// The version as cargo has it.
    pub crate_version: String,
    /// The version as dpkg has it.
    pub version: String,
    /// Who makes them.
    pub maintainer: String,
    /// The licence, as Cargo.toml names it.
    pub license: Option<String>,
    /// The crate's page.
    pub homepage: Option<String>,
    /// What the module does, in one line.
    pub summary: String,
    /// Their date.
    pub moment: Moment,
    /// The copyright file.
    pub copyright: String,
    /// Whether the module is loaded at boot.
    pub load_at_boot: bool,
    /// Whether the initramfs has the module, and loads it.
    pub initramfs: bool,
    /// Units of systemd's: name and text.
    pub units: Vec<(String, String)>,
    /// Packages that the module is of no use without.
    pub depends: Vec<String>,
    /// What is made of the declaration.
    pub glue: Glue,
}

/// Makes a key to sign the modules of a package with, and its certificate, where neither is there.
///
/// # Errors
///
/// Of openssl.
pub fn new_key(key: &Path, certificate: &Path, package: &Package) -> Result<()> {
    Signer::make(key, certificate, &package.name)
}

/// What modules are signed with.
///
/// # Errors
///
/// When a file is not there.
pub fn signer(key: &Path, certificate: &Path) -> Result<Signer> {
    Signer::of(key, certificate).map_err(|error| Failure::from(error).into())
}

/// Where packages are written when nobody says where.
pub fn folder(package: &Package) -> PathBuf {
    package.target_dir.join("kmod/packages").join(&package.name)
}

/// What is packaged besides what all kernels share.
pub struct Wanted<'w> {
    /// The kernels for which there is a package each.
    pub kernels: &'w [Kernel],
    /// What their modules are signed with.
    pub signer: Option<&'w Signer>,
    /// Whether there are packages with the source.
    pub source: bool,
}

/// Makes the packages of what kernels share and of what programs take, and those that are wanted; says where they are.
///
/// # Errors
///
/// Of the builds, of what the crate says of its packages, of cargo's packaging, and of dpkg-deb.
pub fn packages(
    ctx: &Context,
    package: &Package,
    wanted: &Wanted,
    out: &Path,
) -> Result<Vec<PathBuf>> {
    let product = Product::of(ctx, package)?;
    let mut made = vec![common::package(&product)?.build(&product, out)?];
    for kernel in wanted.kernels {
        let built = build_module(ctx, &package.dir, kernel)?;
        let deb = prebuilt::package(ctx, &product, (kernel, wanted.signer), &built.ko)?;
        made.push(deb.build(&product, out)?);
    }
    if wanted.source {
        made.extend(source::packages(ctx, &product, package, out)?);
    }
    made.push(develop::package(ctx, &product, package)?.build(&product, out)?);
    Ok(made)
}

impl Product {
    /// What the crate says of itself.
    fn of(ctx: &Context, package: &Package) -> Result<Product> {
        let settings = Settings::of(&package.name, &package.metadata).map_err(Failure::from)?;
        let maintainer = settings
            .maintainer(&package.name, &package.authors)
            .map_err(Failure::from)?;
        let revision = settings.revision.unwrap_or(1);
        let version = version::debian(&package.version, revision).map_err(Failure::from)?;
        let units = units::read(&package.dir, &settings.units).map_err(Failure::from)?;
        let moment = Moment::of(&package.dir).map_err(Failure::from)?;
        let year = moment.year().map_err(Failure::from)?;
        let glue = glue::of(ctx, package)?;
        let authors = match &*package.authors {
            [] => &glue.module.authors,
            authors => authors,
        };
        Ok(Product {
            source: version::name(&package.name),
            module: glue.name.clone(),
            crate_version: package.version.clone(),
            version,
            maintainer,
            license: package.license.clone(),
            homepage: package.homepage.clone(),
            summary: summary(&glue),
            moment,
            copyright: documents::copyright(package, &year, authors).map_err(Failure::from)?,
            load_at_boot: settings.load_at_boot,
            initramfs: settings.initramfs,
            units,
            depends: settings.depends,
            glue,
        })
    }

    /// The package of what kernels share.
    fn common(&self) -> String {
        format!("{}-modules-common", self.source)
    }

    /// What each package with the module itself provides.
    fn any(&self) -> String {
        format!("{}-modules", self.source)
    }

    /// The licence in one line.
    fn licence(&self) -> &str {
        self.license.as_deref().unwrap_or("custom")
    }

    /// A package's line, with what tells it from the others, and what follows it.
    fn description(&self, which: &str, more: &str) -> (String, String) {
        let line = format!("{} - {which}", self.summary);
        let about = format!(
            "The kernel module {}: {}.\n\n{more}",
            self.module, self.summary
        );
        (line, about)
    }
}

/// The first line of the module's description, as a package has it: short, and no sentence.
fn summary(glue: &Glue) -> String {
    const LONGEST: usize = 45;
    let line = glue.module.description.lines().next().unwrap_or_default();
    let line = line.trim().trim_end_matches('.');
    if line.is_empty() {
        return format!("kernel module {}", glue.name);
    }
    match line.char_indices().nth(LONGEST) {
        None => line.to_owned(),
        Some((end, _)) => {
            let whole = line[..end]
                .rsplit_once(' ')
                .map_or(&line[..end], |(words, _)| words);
            whole.trim_end_matches([',', ';', ':']).to_owned()
        }
    }
}
