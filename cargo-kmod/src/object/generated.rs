// SPDX-License-Identifier: GPL-2.0-only
//! C that is written for a module: compiled for its link, and again only when it is another.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use kmod_build::env::KernelEnv;
use kmod_build::helpers::Helpers;

use super::link::Member;
use super::{Request, events, hidden, remove_folder, tracepoints};

/// The object of the last of these files, names and texts, which stand in a folder beside the module's object; or
/// what the kernel's compiler has to say against it.
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn compile(
    request: &Request,
    kernel: &KernelEnv,
    folder: &str,
    files: &[(&str, String)],
) -> Result<Result<Member, String>> {
    let folder = hidden(&request.out, folder);
    let is_same = files
        .iter()
        .all(|(name, text)| fs::read_to_string(folder.join(name)).is_ok_and(|old| old == *text));
    let source = folder.join(files.last().map_or("", |(name, _)| name));
    let mut compiler = Helpers::new(kernel, "", "", &folder);
    compiler.include(&folder);
    compiler.sources.push(source.clone());
    if !is_same {
        remove_folder(&folder)?;
        compiler
            .write(&folder)
            .with_context(|| format!("cannot write {}", folder.display()))?;
        for (name, text) in files {
            let file = folder.join(name);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    let object = match compiler.compile(&source) {
        Ok(compiled) => compiled.object,
        Err(said) => return Ok(Err(said)),
    };
    let data = fs::read(&object).with_context(|| format!("cannot read {}", object.display()))?;
    Member::read(&data)
        .with_context(|| format!("{} is no object", object.display()))
        .map(Ok)
}

/// Removes all that was compiled for the object `out`.
///
/// # Errors
///
/// When a folder cannot be removed.
pub fn forget(out: &Path) -> Result<()> {
    let ours = [events::FOLDER, tracepoints::FOLDER].map(|folder| hidden(out, folder));
    let entries = fs::read_dir(out.parent().unwrap_or(out));
    let folders = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    folders
        .filter(|folder| {
            let name = folder.to_string_lossy();
            ours.iter()
                .any(|ours| name.starts_with(&*ours.to_string_lossy()))
        })
        .try_for_each(|folder| remove_folder(&folder))
}
