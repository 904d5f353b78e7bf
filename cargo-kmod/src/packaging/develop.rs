// SPDX-License-Identifier: GPL-2.0-only
//! The package for those who write programs that use the module: its C header and Rust crate, the Python module, and
//! the descriptions for other programs.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::Product;
use super::deb::Deb;
use super::tree::Tree;
use crate::context::Context;
use crate::package::{Package, files};
use crate::uapi;

/// The package.
pub fn package(ctx: &Context, product: &Product, package: &Package) -> Result<Deb> {
    let (name, glue) = (&product.module, &product.glue);
    let mut tree = shared(ctx, product, package)?;
    let described = format!("usr/share/{}-modules", product.source);
    tree.add(format!("{described}/{name}.json"), glue.json.as_str());
    if let Some(text) = &glue.syzlang {
        tree.add(format!("{described}/{name}.txt"), text.as_str());
    }
    if let Some(text) = &glue.python {
        tree.add(
            format!("usr/lib/python3/dist-packages/{name}.py"),
            text.as_str(),
        );
    }
    Ok(Deb {
        package: format!("{}-modules-dev", product.source),
        architecture: "all",
        relations: vec![
            ("Recommends", vec!["python3".to_owned()]),
            ("Suggests", vec![product.any()]),
        ],
        description: product.description(
            "for programs",
            "C header, Rust crate and Python module of what the module shares with programs, and descriptions of it \
             for other tools.",
        ),
        tree,
        scripts: Vec::new(),
    })
}

/// What programs are compiled with: the header, below a folder so that it is nobody else's, and the crate where sources
/// are.
fn shared(ctx: &Context, product: &Product, package: &Package) -> Result<Tree> {
    let mut tree = Tree::default();
    let staged = tempfile::tempdir()?;
    let Some(written) = uapi::write(ctx, package, staged.path())? else {
        return Ok(tree);
    };
    let mut add = |file: &Path, folder: &Path, to: &str| -> Result<()> {
        let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let place = file.strip_prefix(folder).unwrap_or(file);
        tree.add(format!("{to}/{}", place.display()), text);
        Ok(())
    };
    add(&written.header, staged.path(), "usr/include/kmod")?;
    let source = format!("usr/src/{}-uapi-{}", product.source, product.version);
    for file in files(&written.krate) {
        add(&file, &written.krate, &source)?;
    }
    Ok(tree)
}
