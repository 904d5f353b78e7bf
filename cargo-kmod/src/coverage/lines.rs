// SPDX-License-Identifier: GPL-2.0-only
//! From bytes that ran to lines of sources.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use object::{File, Object as _, ObjectSection as _};

use super::laid::Section;
use crate::decode::dwarf::Debug;

/// Of each file, the lines of which there is code, and whether some of it ran.
#[derive(Debug, Default)]
pub struct Files {
    /// By path.
    pub lines: BTreeMap<PathBuf, BTreeMap<u32, bool>>,
}

/// How many lines have code, and how many of them ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// With code.
    pub lines: usize,
    /// Of which some ran.
    pub ran: usize,
}

/// What is told of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The crate's folder below that of the workspace.
    pub name: String,
    /// Of all its files.
    pub count: Count,
}

impl Count {
    /// Of a file's lines.
    pub fn of(lines: &BTreeMap<u32, bool>) -> Self {
        Self {
            lines: lines.len(),
            ran: lines.values().filter(|ran| **ran).count(),
        }
    }

    /// "12.3 %", and never 100 where a line is missing.
    pub fn percent(self) -> String {
        let tenths = (self.ran * 1000).checked_div(self.lines).unwrap_or(1000);
        format!("{}.{} %", tenths / 10, tenths % 10)
    }

    /// With those of another.
    pub fn and(self, other: Self) -> Self {
        Self {
            lines: self.lines + other.lines,
            ran: self.ran + other.ran,
        }
    }
}

impl Files {
    /// Takes what an object's debug information says of sections, by their names. A line ran if some of the code
    /// ran that is written there, or that has been inlined there.
    pub fn add(&mut self, file: &File<'_>, sections: &[&Section]) -> Result<()> {
        let debug = Debug::of(file)?;
        let debug = debug.lines()?;
        for Section { name, run, .. } in sections {
            let Some(section) = file.section_by_name(name) else {
                continue;
            };
            for piece in debug.pieces(section.index(), section.size())? {
                let places = debug.places(section.index(), piece.start)?;
                let bytes = usize::try_from(piece.start)?..usize::try_from(piece.end)?;
                let ran = run.get(bytes).is_some_and(|run| run.contains(&true));
                for place in places {
                    *self.line(place.file, place.line) |= ran;
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, file: PathBuf, line: u32) -> &mut bool {
        let lines = self.lines.entry(file).or_default();
        lines.entry(line).or_default()
    }

    /// Takes what another module says, or another VM.
    pub fn merge(&mut self, other: Self) {
        for (file, lines) in other.lines {
            for (line, ran) in lines {
                *self.line(file.clone(), line) |= ran;
            }
        }
    }

    /// The files below a folder, and not below cargo's, as they are really called: kbuild compiles links to C files.
    pub fn below(&self, root: &Path, target_dir: &Path) -> Self {
        let [root, target_dir] = [root, target_dir].map(real);
        let mut below = Self::default();
        for (file, lines) in &self.lines {
            let file = real(file);
            if file.starts_with(&root) && !file.starts_with(&target_dir) && file.is_file() {
                let lines = lines.clone();
                below.merge(Self {
                    lines: [(file, lines)].into(),
                });
            }
        }
        below
    }

    /// A row a crate.
    pub fn rows(&self, root: &Path) -> Vec<Row> {
        let root = real(root);
        let mut crates = HashMap::new();
        let mut rows = BTreeMap::<PathBuf, Count>::new();
        for (file, lines) in &self.lines {
            let folder = file.parent().unwrap_or(file).to_owned();
            let of = crates.entry(folder).or_insert_with_key(|folder| {
                let mut above = folder.ancestors();
                let found = above.find(|folder| folder.join("Cargo.toml").is_file());
                found.unwrap_or(&root).to_owned()
            });
            let count = rows.entry(of.clone()).or_default();
            *count = count.and(Count::of(lines));
        }
        let rows = rows.into_iter().map(|(folder, count)| {
            let below = folder.strip_prefix(&root).unwrap_or(&folder);
            let name = match below.as_os_str().is_empty() {
                true => folder.file_name().unwrap_or_default().display().to_string(),
                false => below.display().to_string(),
            };
            Row { name, count }
        });
        rows.collect()
    }
}

/// A path without links.
fn real(path: impl AsRef<Path>) -> PathBuf {
    fs::canonicalize(&path).unwrap_or_else(|_| path.as_ref().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ran_if_it_ran_anywhere() {
        let of = |lines: &[(u32, bool)]| Files {
            lines: [("a.rs".into(), lines.iter().copied().collect())].into(),
        };
        let mut files = of(&[(1, true), (2, false)]);
        files.merge(of(&[(1, false), (2, true), (3, false)]));
        let lines = &files.lines[Path::new("a.rs")];
        assert_eq!(
            lines.iter().map(|(a, b)| (*a, *b)).collect::<Vec<_>>(),
            [(1, true), (2, true), (3, false)]
        );
        assert_eq!(Count::of(lines), Count { lines: 3, ran: 2 });
    }

    #[test]
    fn a_share_is_not_rounded_up() {
        let percent = |ran, lines| Count { lines, ran }.percent();
        assert_eq!(percent(1999, 2000), "99.9 %");
        assert_eq!(percent(3, 3), "100.0 %");
        assert_eq!(percent(0, 0), "100.0 %");
    }
}
