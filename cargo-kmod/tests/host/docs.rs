// SPDX-License-Identifier: GPL-2.0-only
//! What the documents say is so: quotes equal the files, commands are those that CI runs, places
//! exist.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::kmod;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_first_line_says_what_this_is_not() {
    let text = read("README.md");
    let first = text.lines().find(|line| !line.starts_with("<!--")).unwrap();
    assert!(first.starts_with("This is not libkmod"), "{first}");
}

#[test]
fn quotes_equal_the_files_they_are_from() {
    let text = read("README.md");
    let mut quotes = 0;
    for part in text.split("<!-- quote: ").skip(1) {
        let (file, rest) = part.split_once(" -->").unwrap();
        let (_, block) = rest.split_once("```rust\n").unwrap();
        let (quote, _) = block.split_once("```").unwrap();
        // Without the licence line and the crate's own description.
        let source = read(file);
        let source = &source[source.find("#![no_std]").unwrap()..];
        assert_eq!(quote, source, "README.md quotes {file}");
        quotes += 1;
    }
    assert!(quotes > 0);
}

#[test]
fn documents_quote_parts_of_files() {
    let mut quotes = 0;
    for document in documents() {
        let text = read(&document);
        for part in text.split("<!-- quote: ").skip(1) {
            let (file, rest) = part.split_once(" -->\n```rust").unwrap();
            let (_, rest) = rest.split_once('\n').unwrap();
            let (quote, _) = rest.split_once("```").unwrap();
            assert!(
                !quote.is_empty() && read(file).contains(quote),
                "{document} quotes {file}"
            );
            quotes += 1;
        }
    }
    assert!(quotes > 0);
}

#[test]
fn ci_runs_what_the_readme_prints() {
    let ci = read(".ci/run");
    let readme = read("README.md");
    let command = ci.lines().last().unwrap();
    assert_eq!(command, "cargo kmod test");
    for command in [command, "cargo kmod demo"] {
        assert!(
            readme.contains(&format!("```sh\n{command}\n```")),
            "{command}"
        );
    }
}

#[test]
fn places_on_the_map_exist() {
    let text = read("ARCHITECTURE.md");
    assert!(text.lines().count() <= 200);
    for word in text.split('`').skip(1).step_by(2) {
        let is_place = word.contains('/') && !word.contains(['*', '~', ' ', ':']);
        if is_place && !word.starts_with("target/") {
            assert!(root().join(word).exists(), "{word}");
        }
    }
}

#[test]
fn every_verb_is_described() {
    let help = kmod(Path::new("/"), &["--help"]).run().out;
    let text = read("docs/commands.md");
    let (_, verbs) = help.split_once("Commands:\n").unwrap();
    let verbs = verbs.lines().take_while(|line| !line.is_empty());
    let verbs: Vec<&str> = verbs
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(verbs.contains(&"test"), "{help}");
    for verb in verbs.into_iter().filter(|verb| *verb != "help") {
        assert!(text.contains(&format!("| `{verb}` |")), "{verb}");
    }
}

/// All documents, by their place.
fn documents() -> Vec<String> {
    let files = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        entries
            .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().display()))
            .filter(|file| file.ends_with(".md"))
            .collect()
    };
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned);
    [top.into(), files("docs"), files("docs/reference")].concat()
}

#[test]
fn every_local_link_leads_somewhere() {
    let documents = documents();
    assert!(documents.len() > 10, "{documents:?}");
    for document in documents {
        let text = read(&document);
        let folder = Path::new(&document).parent().unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|part| part.split([')', '#']).next())
        {
            if !link.starts_with("http") {
                assert!(
                    root().join(folder).join(link).exists(),
                    "{document}: {link}"
                );
            }
        }
    }
}

#[test]
fn every_difference_between_kernels_is_in_the_table() {
    let text = read("docs/kernels.md");
    let files = std::fs::read_dir(root().join("kmod-bindings/compat")).unwrap();
    let compat: Vec<String> = files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let defined = compat
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| line.strip_prefix("#define "));
    let names: Vec<&str> = defined
        .filter_map(|line| line.split(['(', ' ']).next())
        .filter(|name| name.starts_with("kmod_compat_"))
        .collect();
    assert!(!names.is_empty());
    for name in names {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
}

/// Lines that are neither empty nor comments only.
fn lines_of_code(file: &str) -> usize {
    let text = read(file);
    let lines = text.lines().map(str::trim_start);
    let begins = ["//", "/*", "* ", "*/"];
    let is_comment = |line: &str| begins.iter().any(|begin| line.starts_with(begin));
    let is_code = |line: &&str| !line.is_empty() && !is_comment(line);
    lines.filter(is_code).count()
}

/// Rows are `| subject | [NAME](…) | what | lines of C | lines here |`.
#[test]
fn lessons_are_shorter_than_their_c() {
    let text = read("docs/lessons.md");
    let mut lessons = 0;
    for row in text.lines() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, _, module, _, of_c, here, _] = cells[..] else {
            continue;
        };
        let Some((name, _)) = module
            .strip_prefix('[')
            .and_then(|module| module.split_once(']'))
        else {
            continue;
        };
        let sources = std::fs::read_dir(root().join("examples").join(name).join("src")).unwrap();
        let sources = sources.map(|file| {
            let file = file.unwrap().file_name();
            lines_of_code(&format!("examples/{name}/src/{}", file.display()))
        });
        let twin = format!("examples/{name}/twin/{name}_c.c");
        let counted = [lines_of_code(&twin), sources.sum()];
        let told = [of_c, here].map(|lines| lines.parse::<usize>().unwrap());
        assert_eq!(told, counted, "{name}: lines of C, lines here");
        assert!(counted[1] < counted[0], "{name}");
        lessons += 1;
    }
    assert!(lessons >= 4);
}
