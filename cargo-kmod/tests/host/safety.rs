// SPDX-License-Identifier: GPL-2.0-only
//! Comments of `SAFETY` and `INVARIANT` name what they lean on: who reads one block need not look
//! for another.

use std::fs;
use std::path::{Path, PathBuf};

/// Beginnings of comments that name nothing.
const EMPTY: &[&str] = &[
    "as above",
    "as before",
    "as the caller promises",
    "as the caller says",
    "see above",
    "the caller promises it",
    "the caller promises so",
    "the caller promises that.",
    "the caller promises this",
    "the caller's promise is the same",
    "the caller's promise.",
    "the same.",
];

/// All Rust sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a folder can be read").path());
    let found = paths.flat_map(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        let is_ours = name.is_some_and(|name| name != "target" && !name.starts_with('.'));
        if path.is_dir() && is_ours {
            sources(&path)
        } else if path.extension().is_some_and(|end| end == "rs") {
            vec![path]
        } else {
            Vec::new()
        }
    });
    found.collect()
}

/// What such a comment says in its first line, if it names nothing.
fn says_nothing(line: &str) -> bool {
    let Some((mark, text)) = line
        .trim_start()
        .strip_prefix("// ")
        .and_then(|comment| comment.split_once(':'))
    else {
        return false;
    };
    if !["SAFETY", "INVARIANT"].contains(&mark) {
        return false;
    }
    let text = text.trim().to_lowercase();
    EMPTY.iter().any(|empty| text.starts_with(empty))
}

#[test]
fn every_proof_names_what_it_leans_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for file in sources(&root) {
        let text = fs::read_to_string(&file).expect("it can be read");
        for (number, line) in text.lines().enumerate() {
            if says_nothing(line) {
                found.push(format!("{}:{}", file.display(), number + 1));
            }
        }
    }
    assert!(
        found.is_empty(),
        "say which promise, invariant or contract:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_phrase_is_none() {
    for line in [
        "    // SAFETY: As the caller promises.",
        "// SAFETY: as above; and more",
        "// SAFETY: The caller's promise is the same.",
    ] {
        assert!(says_nothing(line), "{line}");
    }
    for line in [
        "// SAFETY: `val` is a C string (the caller's promise).",
        "//! `// SAFETY: As above`",
        "// As above.",
    ] {
        assert!(!says_nothing(line), "{line}");
    }
}
