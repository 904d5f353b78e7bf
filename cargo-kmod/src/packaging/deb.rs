// SPDX-License-Identifier: GPL-2.0-only
//! A `.deb`: the control file, the scripts, and dpkg-deb's call.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::moment::VARIABLE;
use super::tree::Tree;
use super::{Product, documents, tools};
use crate::process;

/// What is packaged.
pub struct Deb {
    /// The package's name.
    pub package: String,
    /// Debian's name of the architecture, or `all`.
    pub architecture: &'static str,
    /// The fields of dependencies, each with its packages.
    pub relations: Vec<(&'static str, Vec<String>)>,
    /// One line, and what follows it.
    pub description: (String, String),
    /// The files.
    pub tree: Tree,
    /// Scripts of dpkg's, by their names.
    pub scripts: Vec<(&'static str, String)>,
}

/// Whether a file is one that an administrator may change, and which is kept then.
pub fn is_kept(place: &str) -> bool {
    place.starts_with("etc/")
}

/// The folder of what dpkg reads, and does not install.
const CONTROL: &str = "DEBIAN";

impl Deb {
    /// Makes the package in the folder `out`. The same input makes the same bytes.
    pub fn build(mut self, product: &Product, out: &Path) -> Result<PathBuf> {
        documents::add(product, &self.package, &mut self.tree)?;
        let (package, version) = (&self.package, &product.version);
        let file = out.join(format!("{package}_{version}_{}.deb", self.architecture));
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("root");
        self.tree.write(&root, product.moment)?;
        self.control(product, &root)?.write(&root, product.moment)?;
        fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
        let mut build = process::command("dpkg-deb");
        build
            .args(["--root-owner-group", "-Zxz", "--build"])
            .args([&root, &file])
            .env(VARIABLE, product.moment.seconds())
            // With several threads the bytes are others.
            .env("DPKG_DEB_THREADS_MAX", "1");
        tools::output(&mut build)?;
        Ok(file)
    }

    /// What dpkg reads: it is written beside the files, of which it has the sums.
    fn control(&self, product: &Product, root: &Path) -> Result<Tree> {
        let mut control = Tree::default();
        let place = |name: &str| format!("{CONTROL}/{name}");
        control.add(place("control"), self.fields(product));
        control.add(place("md5sums"), tools::md5sums(root, self.tree.places())?);
        let kept = self.tree.places().filter(|place| is_kept(place));
        let kept: String = kept.map(|place| format!("/{place}\n")).collect();
        if !kept.is_empty() {
            control.add(place("conffiles"), kept);
        }
        for (name, script) in &self.scripts {
            control.add_with(place(name), script.as_str(), 0o755);
        }
        Ok(control)
    }

    fn fields(&self, product: &Product) -> String {
        let mut text = format!(
            "Package: {}\nSource: {}\nVersion: {}\nArchitecture: {}\nMaintainer: {}\nInstalled-Size: {}\n",
            self.package,
            product.source,
            product.version,
            self.architecture,
            product.maintainer,
            self.tree.kilobytes(),
        );
        for (field, packages) in &self.relations {
            if !packages.is_empty() {
                let _ = writeln!(text, "{field}: {}", packages.join(", "));
            }
        }
        text += "Section: kernel\nPriority: optional\n";
        if let Some(homepage) = &product.homepage {
            let _ = writeln!(text, "Homepage: {homepage}");
        }
        let (line, more) = &self.description;
        let _ = writeln!(text, "Description: {line}");
        for line in more.lines() {
            match line.trim() {
                "" => text += " .\n",
                line => _ = writeln!(text, " {line}"),
            }
        }
        text
    }
}
