// SPDX-License-Identifier: GPL-2.0-only
//! What each package has in its folder of `/usr/share/doc`: licence and changelog.

use std::fs;

use anyhow::Result;

use super::Product;
use super::error::Error;
use super::tools::gzip;
use super::tree::Tree;
use crate::package::Package;

/// Licences whose text every Debian system has, by what an identifier of SPDX begins with.
const COMMON: &[(&str, &str)] = &[
    ("GPL-2.0", "GPL-2"),
    ("GPL-3.0", "GPL-3"),
    ("LGPL-2.1", "LGPL-2.1"),
    ("LGPL-3.0", "LGPL-3"),
    ("Apache-2.0", "Apache-2.0"),
    ("MPL-2.0", "MPL-2.0"),
];

/// Files in which a crate has its licence's text.
const FILES: &[&str] = &["LICENSE", "LICENCE", "COPYING", "LICENSE.txt", "LICENSE.md"];

/// Adds both to a package.
pub fn add(product: &Product, package: &str, tree: &mut Tree) -> Result<()> {
    let folder = format!("usr/share/doc/{package}");
    tree.add(format!("{folder}/copyright"), product.copyright.clone());
    let changelog = gzip(&changelog(product)?)?;
    tree.add(format!("{folder}/changelog.Debian.gz"), changelog);
    Ok(())
}

/// The changelog: what changed is in the crate's own.
fn changelog(product: &Product) -> Result<String, Error> {
    Ok(format!(
        "{} ({}) unstable; urgency=medium\n\n  * Version {} of the crate, packaged by cargo kmod.\n\n -- {}  {}\n",
        product.source,
        product.version,
        product.crate_version,
        product.maintainer,
        product.moment.rfc_2822()?
    ))
}

/// The copyright file, in the form that programs read.
pub fn copyright(package: &Package, year: &str, authors: &[String]) -> Result<String, Error> {
    let (short, text) = licence(package)?;
    let holders = match authors {
        [] => format!("the authors of {}", package.name),
        authors => authors.join(", "),
    };
    let indented: String = text.lines().map(indented).collect();
    Ok(format!(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
         Upstream-Name: {}\n\
         {}\n\
         Files: *\n\
         Copyright: {year} {holders}\n\
         License: {short}\n\
         Comment: A module has the kmod framework in it, which is under GPL-2.0-only.\n\n\
         License: {short}\n\
         {indented}",
        package.name,
        package
            .homepage
            .as_ref()
            .map_or_else(String::new, |place| format!("Source: {place}\n")),
    ))
}

/// A line of a field that goes on; an empty one is a dot.
fn indented(line: &str) -> String {
    match line.trim_end() {
        "" => " .\n".to_owned(),
        line => format!(" {line}\n"),
    }
}

/// What the licence is called, and its text or where that is.
fn licence(package: &Package) -> Result<(String, String), Error> {
    let named = package.license.clone().unwrap_or_default();
    let alternatives = named.split([' ', '/', '(', ')']);
    let known = alternatives.filter_map(|word| {
        let (_, file) = COMMON.iter().find(|(begins, _)| word.starts_with(begins))?;
        Some((word.to_owned(), *file))
    });
    if let Some((word, file)) = known.into_iter().next() {
        let text = format!("On Debian systems the text is in /usr/share/common-licenses/{file}.");
        return Ok((word, text));
    }
    let folders = [&package.dir, &package.workspace_dir];
    let mut files = folders
        .into_iter()
        .flat_map(|folder| FILES.iter().map(move |file| folder.join(file)));
    let text = files.find_map(|file| fs::read_to_string(file).ok());
    match text {
        Some(text) if named.is_empty() => Ok(("custom".to_owned(), text)),
        Some(text) => Ok((named.replace(' ', "-"), text)),
        None => Err(Error::NoLicence { licence: named }),
    }
}
