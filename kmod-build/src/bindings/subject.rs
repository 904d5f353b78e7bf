// SPDX-License-Identifier: GPL-2.0-only
//! A subject: one folder with all that is bound of one part of the kernel's C API.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, Names};

/// What a subject's folder holds.
pub struct Subject {
    /// The folder's name.
    pub name: String,
    /// What is bound of it.
    pub names: Names,
    /// `helpers.h`
    pub header: Option<PathBuf>,
    /// `*.c`
    pub sources: Vec<PathBuf>,
    /// `host.rs`
    pub host: Option<PathBuf>,
}

impl Subject {
    /// Reads the folder.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let file = |name| Some(folder.join(name)).filter(|file| file.exists());
        let names = folder.join("names.txt");
        let text = fs::read_to_string(&names).map_err(|error| Error::read(&names, &error))?;
        let mut sources = entries(folder)?;
        sources.retain(|file| file.extension().is_some_and(|extension| extension == "c"));
        Ok(Self {
            name: folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            names: parse(&text)
                .map_err(|line| Error::new(format!("{}: {line}", names.display())))?,
            header: file("helpers.h"),
            sources,
            host: file("host.rs"),
        })
    }
}

/// What is in a folder, in an order that does not change.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let cannot = |error| Error::read(folder, &error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?.path());
    }
    entries.sort();
    Ok(entries)
}

/// Lines of a word and what it is said of; an empty line and one that begins with `#` say nothing.
fn parse(text: &str) -> Result<Names, String> {
    let mut names = Names::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let list = match word {
            "function" => &mut names.functions,
            "type" => &mut names.types,
            "var" => &mut names.vars,
            "opaque" => &mut names.opaque,
            "in_place" => &mut names.in_place,
            _ => {
                return Err(format!(
                    "line {}: there is no `{word}` here\n\
                     = help: a line is `function`, `type`, `var`, `opaque` or `in_place`, and a name",
                    number + 1
                ));
            }
        };
        list.push(rest.trim().to_owned());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_line_is_a_word_and_a_name() {
        let names = parse("# what it is\n\nfunction k(v)?free\ntype  file\n").unwrap();
        assert_eq!(names.functions, ["k(v)?free"]);
        assert_eq!(names.types, ["file"]);
        let said = parse("type file\nfunktion kfree\n").unwrap_err();
        assert!(said.starts_with("line 2: there is no `funktion`"), "{said}");
    }
}
