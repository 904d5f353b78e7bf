// SPDX-License-Identifier: GPL-2.0-only
//! Lines of sources, as they are shown.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::dwarf::Place;

/// So many lines are shown before and after one.
const AROUND: usize = 2;

/// What lines below a frame begin with.
const INDENT: &str = "      ";

/// The crates of the framework that are in a module.
const FRAMEWORK: [&str; 2] = ["kmod-core", "kmod-bindings"];

/// The folder of Rust's library.
const LIBRARY: &str = "/library/core/";

/// The sources that were read.
#[derive(Default)]
pub struct Sources {
    texts: HashMap<PathBuf, Vec<String>>,
}

impl Sources {
    /// The places of one frame, the innermost first, as far as they lead to code of the module's author; the first
    /// of that with the lines around it, if they are wanted.
    pub fn places(&mut self, places: &[Place], mut around: bool) -> Vec<String> {
        let own = places.iter().rposition(|place| is_own(&place.file));
        let Some(last) = own else {
            // The framework's code, but not that of the library.
            let mut places = places.iter().filter(|place| !is_librarys(&place.file));
            return places
                .next()
                .map_or_else(Vec::new, |place| self.place(place, "-->", Some(0)));
        };
        let mut said = Vec::new();
        for (number, place) in places[..=last].iter().enumerate() {
            let word = if number == 0 { "-->" } else { "inlined at" };
            let wanted = if around { AROUND } else { 0 };
            let lines = is_own(&place.file).then_some(wanted);
            around &= lines.is_none();
            said.extend(self.place(place, word, lines));
        }
        let more = places.len() - 1 - last;
        if more > 0 {
            said.push(format!("{INDENT}and so on: {more} more, in the framework"));
        }
        said
    }

    /// A place, and its line with so many around, if that is wanted and can be read.
    fn place(&mut self, place: &Place, word: &str, around: Option<usize>) -> Vec<String> {
        let mut said = vec![head(place, word)];
        let text = around.and_then(|around| self.text(place, around));
        said.extend(text.unwrap_or_default());
        said
    }

    fn text(&mut self, place: &Place, around: usize) -> Option<Vec<String>> {
        let lines = self.texts.entry(place.file.clone()).or_insert_with(|| {
            let text = fs::read_to_string(&place.file).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        });
        let at = usize::try_from(place.line).ok()?.checked_sub(1)?;
        lines.get(at)?;
        let (from, to) = (
            at.saturating_sub(around),
            (at + around).min(lines.len() - 1),
        );
        let width = (to + 1).to_string().len();
        let shown = lines[from..=to].iter().zip(from..);
        let shown = shown.map(|(line, number)| {
            let mark = if number == at { '>' } else { ' ' };
            let text = format!("{INDENT}  {mark} {:width$} | {line}", number + 1);
            text.trim_end().to_owned()
        });
        Some(shown.collect())
    }
}

/// Where a place is.
fn head(place: &Place, word: &str) -> String {
    let mut text = format!("{INDENT}{word} {}:{}", shown(&place.file), place.line);
    if let Some(column) = place.column {
        text += &format!(":{column}");
    }
    match &place.function {
        Some(function) => text + ", in " + function,
        None => text,
    }
}

/// A file from here, or from the folder of the library.
fn shown(file: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    // kbuild compiles links to a module's C files.
    let real = fs::canonicalize(file);
    let file = real.as_deref().unwrap_or(file);
    if let Ok(below) = file.strip_prefix(&here) {
        return below.display().to_string();
    }
    let text = file.display().to_string();
    match text.find(LIBRARY) {
        Some(at) => text[at + 1..].to_owned(),
        None => text,
    }
}

/// Whether a file is of the module's author: neither of Rust's library nor of the framework.
pub fn is_own(file: &Path) -> bool {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    let is_frameworks = parts.windows(2).any(|pair| {
        let mut names = FRAMEWORK.iter();
        // From a registry, a version follows.
        pair[1] == "src"
            && names.any(|name| {
                let version = pair[0].strip_prefix(name);
                version.is_some_and(|version| version.is_empty() || version.starts_with("-0"))
            })
    });
    !is_librarys(file) && !is_frameworks
}

fn is_librarys(file: &Path) -> bool {
    file.to_string_lossy().contains(LIBRARY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &Path, line: u32) -> Place {
        Place {
            function: Some("m::f".to_owned()),
            file: file.to_owned(),
            line,
            column: Some(5),
        }
    }

    #[test]
    fn a_line_is_shown_with_those_around() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lib.rs");
        let text = (1..=10).map(|n| format!("line {n}\n")).collect::<String>();
        fs::write(&file, text).unwrap();
        let framework = Path::new("/x/kmod-core/src/module.rs");
        let library = Path::new("/rustc/1/library/core/src/ptr/mod.rs");
        let places = [
            place(library, 7),
            place(&file, 9),
            place(&file, 1),
            place(framework, 3),
        ];
        let mut sources = Sources::default();
        let said = sources.places(&places, true);
        let of = |word: &str, at: &str| format!("      {word} {}:{at}:5, in m::f", file.display());
        let lines = [
            "      --> library/core/src/ptr/mod.rs:7:5, in m::f".to_owned(),
            of("inlined at", "9"),
            "           7 | line 7".to_owned(),
            "           8 | line 8".to_owned(),
            "        >  9 | line 9".to_owned(),
            "          10 | line 10".to_owned(),
            of("inlined at", "1"),
            "        > 1 | line 1".to_owned(),
            "      and so on: 1 more, in the framework".to_owned(),
        ];
        assert_eq!(said, lines);
        let said = sources.places(&places[1..2], false);
        assert_eq!(said, [of("-->", "9"), "        > 9 | line 9".to_owned()]);
    }

    #[test]
    fn of_code_that_is_not_the_authors_one_place_is_enough() {
        let mut sources = Sources::default();
        let framework = place(Path::new("/x/kmod-core-0.1.0/src/module.rs"), 3);
        let library = place(Path::new("/rustc/1/library/core/src/a.rs"), 3);
        let places = [library.clone(), framework.clone(), framework];
        assert_eq!(
            sources.places(&places, true),
            ["      --> /x/kmod-core-0.1.0/src/module.rs:3:5, in m::f"]
        );
        assert!(sources.places(&[library], true).is_empty());
        assert!(is_own(Path::new("/x/kmod-core/vm-tests/a/src/lib.rs")));
        assert!(is_own(Path::new("/x/kmod-core-mine/src/lib.rs")));
    }

    #[test]
    fn a_file_that_is_not_there_has_no_lines() {
        let said = Sources::default().places(&[place(Path::new("/nowhere/lib.rs"), 3)], true);
        assert_eq!(said, ["      --> /nowhere/lib.rs:3:5, in m::f"]);
    }
}
