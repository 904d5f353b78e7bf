// SPDX-License-Identifier: GPL-2.0-only
//! Programs that every Debian has, which make parts of a package.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::error::Error;
use crate::process;

/// What a program prints.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let shown = process::show(command);
    let output = command
        .output()
        .with_context(|| format!("cannot run {shown}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let command = shown;
    Err(Error::Failed { command, said }.into())
}

/// What gzip makes smallest, without a name or a time in it.
pub fn gzip(contents: impl AsRef<[u8]>) -> Result<Vec<u8>> {
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), contents)?;
    output(process::command("gzip").arg("-9nc").arg(file.path()))
}

/// What stands in base64.
pub fn decoded(text: &str) -> Result<Vec<u8>> {
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), text)?;
    output(process::command("base64").arg("--decode").arg(file.path()))
}

/// The lines of a package's md5sums, of files below a folder.
pub fn md5sums<'p>(root: &Path, places: impl Iterator<Item = &'p str>) -> Result<Vec<u8>> {
    output(
        process::command("md5sum")
            .current_dir(root)
            .arg("--")
            .args(places),
    )
}

/// The SHA-256 of a file, as it is written.
pub fn sha256(file: &Path) -> Result<String> {
    sum("sha256sum", file)
}

/// What a program that sums files prints of one, without its name.
fn sum(program: &str, file: &Path) -> Result<String> {
    let said = output(process::command(program).arg("--").arg(file))?;
    let said = String::from_utf8_lossy(&said);
    let sum = said.split_whitespace().next();
    let sum = sum.with_context(|| format!("{program} printed no sum"))?;
    Ok(sum.to_owned())
}

/// The SHA-1 of a file.
pub fn sha1(file: &Path) -> Result<[u8; 20]> {
    let said = self::sum("sha1sum", file)?;
    let mut sum = [0; 20];
    for (byte, at) in sum.iter_mut().zip((0..).step_by(2)) {
        let digits = said.get(at..at + 2).context("sha1sum printed no sum")?;
        *byte = u8::from_str_radix(digits, 16).context("sha1sum printed no sum")?;
    }
    Ok(sum)
}
