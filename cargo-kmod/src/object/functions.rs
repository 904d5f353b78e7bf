// SPDX-License-Identifier: GPL-2.0-only
//! The functions between the module's C and its Rust: the header for C, and what the linker has to
//! keep.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use object::{Object as _, ObjectSection as _};

use super::Request;
use crate::changed;
use crate::error::unfit;
use crate::uapi::{self, Described};

/// The section with a line for each (kmod-macros/src/c/mod.rs), which is not linked.
pub const SECTION: &str = ".kmod.c";

/// What the module's object says of them.
pub fn read(object: &[u8]) -> Result<Described> {
    let file = object::File::parse(object).context("cargo made no object")?;
    let mut lines = String::new();
    for section in file.sections() {
        if section.name() == Ok(SECTION) {
            lines += std::str::from_utf8(section.data()?)
                .with_context(|| format!("{SECTION} is not text"))?;
        }
    }
    // What fills the place between two lines.
    Described::of(&lines.replace('\0', ""))
}

/// Writes the header beside the object, where there is C to read it.
pub fn write_header(request: &Request, described: &Described) -> Result<()> {
    let file = request.out.with_extension("h");
    let is_read = request.crate_dir.join("c").is_dir() || request.exports.is_some();
    if described.functions.is_empty() && !is_read {
        return Ok(());
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_suffix("_rust").unwrap_or(&stem);
    let text = uapi::functions(name, described);
    changed::write(&file, text)
}

/// The names that C calls.
///
/// # Errors
///
/// When the kernel has a function of that name: what is linked here would call this one instead.
pub fn called_by_c<'d>(described: &'d Described, objtree: &Path) -> Result<Vec<&'d str>> {
    let functions = described.functions.iter();
    let names: Vec<&str> = functions
        .filter(|function| function.is_rusts)
        .map(|function| function.name.as_str())
        .collect();
    if names.is_empty() {
        return Ok(names);
    }
    let file = objtree.join("Module.symvers");
    let text = fs::read_to_string(&file).with_context(|| {
        format!(
            "cannot read what the kernel exports from {}",
            file.display()
        )
    })?;
    let exported: HashSet<&str> = text
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    if let Some(name) = names.iter().find(|name| exported.contains(*name)) {
        bail!(
            unfit(format!(
                "`fn {name}`, which C calls: the kernel has a function of that name, which \
                 the module would not reach any more"
            ))
            .help("begin the name with the module's")
        );
    }
    Ok(names)
}
