// SPDX-License-Identifier: GPL-2.0-only
//! The module's name, which the Makefile tells kbuild, and the attribute the module.

use std::path::Path;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _};

use super::Request;
use crate::error::unfit;

/// The section in which the attribute leaves it (kmod-macros/src/kernel_module/modinfo.rs).
pub const SECTION: &str = ".kmod.module";

/// Refuses a module that has two names.
///
/// # Errors
///
/// Both names, and where they stand.
pub fn check(request: &Request, object: &[u8]) -> Result<()> {
    let file = object::File::parse(object).context("cargo made no object")?;
    match name(&file)? {
        Some(name) => same(&request.crate_dir, &request.out, &name),
        None => Ok(()),
    }
}

/// The name that the attribute has.
pub fn name(file: &object::File<'_>) -> Result<Option<String>> {
    let Some(section) = file.section_by_name(SECTION) else {
        return Ok(None);
    };
    Ok(Some(
        String::from_utf8_lossy(section.data()?).replace('\0', ""),
    ))
}

fn same(crate_dir: &Path, out: &Path, name: &str) -> Result<()> {
    let object = out.file_stem().unwrap_or_default().to_string_lossy();
    let makefiles = object.strip_suffix("_rust").unwrap_or(&object);
    // As kbuild makes a module's name of its file's.
    if makefiles.replace('-', "_") == name {
        return Ok(());
    }
    let makefile = crate_dir.join("Makefile");
    Err(unfit(format!(
        "the module has two names: `NAME := {makefiles}` in {}, and `name = \
         \"{name}\"` in its `#[kernel_module]`",
        makefile.display()
    ))
    .help(format!("write the same in both: `NAME := {name}`"))
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error;

    #[test]
    fn names_are_compared_as_kbuild_makes_them() {
        let same = |out: &str| same(Path::new("/c"), Path::new(out), "my_mod");
        same("/o/my_mod_rust.o").unwrap();
        same("/o/my-mod_rust.o").unwrap();
        let said = error::message(&same("/o/mine_rust.o").unwrap_err());
        for words in [
            "`NAME := mine` in /c/Makefile",
            "`name = \"my_mod\"`",
            "= help: ",
        ] {
            assert!(said.contains(words), "{said}");
        }
    }
}
