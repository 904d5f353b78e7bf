// SPDX-License-Identifier: GPL-2.0-only
//! ACPI tables of a guest, compiled of their sources by `iasl`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::error::Cannot as _;

/// The compiler's program.
const IASL: &str = "iasl";

/// Compiles the tables into `dir`.
pub(crate) fn tables(sources: &[PathBuf], dir: &Path) -> Result<Vec<PathBuf>, Error> {
    sources.iter().map(|source| compiled(source, dir)).collect()
}

fn compiled(source: &Path, dir: &Path) -> Result<PathBuf, Error> {
    let stem = source.file_stem().unwrap_or(source.as_os_str());
    let table = dir.join(stem).with_extension("aml");
    let output = Command::new(IASL)
        .args(["-ve", "-p"])
        .arg(&table)
        .arg(source)
        .output();
    let output = match output {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::NoIasl),
        output => output.cannot(|| format!("run {IASL}"))?,
    };
    if !output.status.success() {
        let texts = [output.stdout, output.stderr];
        let said = texts.map(|text| String::from_utf8_lossy(&text).into_owned());
        return Err(Error::NoTable {
            path: source.to_owned(),
            said: said.concat(),
        });
    }
    Ok(table)
}
