// SPDX-License-Identifier: GPL-2.0-only
//! The module as it is installed: without debug information, which is large and names folders of the machine
//! that built it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _};
use tempfile::NamedTempFile;

use super::error::Error;
use super::tools;
use crate::build;
use crate::context::Context;
use crate::error::unfit;
use crate::kernels::Kernel;

/// The section of the build id, and the bytes of the id at its end.
const NOTE: &str = ".note.gnu.build-id";
const ID: usize = 20;

/// The module without debug information, looked at once more.
pub fn module(ctx: &Context, kernel: &Kernel, ko: &Path) -> Result<NamedTempFile> {
    let file = tempfile::Builder::new().suffix(".ko").tempfile()?;
    let mut strip = kernel.strip();
    strip.args(["--strip-debug", "-o"]).arg(file.path()).arg(ko);
    if ctx.verbose {
        eprintln!("+ {}", crate::process::show(&strip));
    }
    tools::output(&mut strip)?;
    renew_id(file.path())?;
    let others = build::symvers(ko);
    let report = kmod_verify::verify(file.path(), &kernel.to_verify(&others), None)?;
    match report.is_clean() {
        true => Ok(file),
        false => Err(unfit(report.failures()).into()),
    }
}

/// The linker made the id of all that was in the module, folders' names included: it becomes one of what is
/// left.
fn renew_id(ko: &Path) -> Result<()> {
    let mut data = fs::read(ko).with_context(|| format!("cannot read {}", ko.display()))?;
    let Some((start, length)) = place(&data).with_context(|| ko.display().to_string())? else {
        return Ok(());
    };
    let id = start
        .checked_add(length)
        .and_then(|end| Some((end.checked_sub(ID)?, end)));
    let (from, to) = id
        .filter(|(from, to)| *from >= start && *to <= data.len())
        .ok_or_else(|| Error::NoModule {
            path: ko.to_owned(),
            why: format!("its {NOTE} is too short"),
        })?;
    data[from..to].fill(0);
    fs::write(ko, &data)?;
    let sum = tools::sha1(ko)?;
    data[from..to].copy_from_slice(&sum);
    fs::write(ko, &data).with_context(|| format!("cannot write {}", ko.display()))
}

/// Where the note is in the file, if there is one.
fn place(data: &[u8]) -> Result<Option<(usize, usize)>> {
    let file = object::File::parse(data).context("this is no object file")?;
    let section = file.section_by_name(NOTE);
    let range = section.and_then(|section| section.file_range());
    Ok(match range {
        Some((start, length)) => Some((start.try_into()?, length.try_into()?)),
        None => None,
    })
}
