// SPDX-License-Identifier: GPL-2.0-only
//! What is known of an object's attribute stands in its file and nowhere else.
//!
//! Its type is private to the file, so others could name it by a string only.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::Lit;

use super::NONE;
use crate::objects;

/// The strings in code.
fn strings(tokens: TokenStream, found: &mut Vec<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Literal(literal) => match Lit::new(literal) {
                Lit::Str(string) => found.push(string.value()),
                _ => continue,
            },
            TokenTree::Group(group) => strings(group.stream(), found),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Whether a string is an attribute's name, or shows the attribute.
fn names(string: &str, object: &str) -> bool {
    let shown = ["]", "("].map(|after| format!("#[{object}{after}"));
    string == object || shown.iter().any(|shown| string.contains(shown))
}

/// Words of attributes that stand for another thing, too: a kind of hardware that a parameter describes.
const OTHERS: [(&str, &str); 3] = [
    ("dma", "params/parse.rs"),
    ("iomem", "params/parse.rs"),
    ("irq", "params/parse.rs"),
];

/// The attributes that the files of a folder name, but for those in `objects` and in tests.
fn named(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !matches!(&*name, "objects" | "tests") {
            named(&path, found);
        }
        // The crate's root has a function for each attribute.
        if !name.ends_with(".rs") || name == "lib.rs" {
            continue;
        }
        let source = fs::read_to_string(&path).expect("the file can be read");
        let mut all = Vec::new();
        strings(code(&source), &mut all);
        let certain =
            objects::names().filter(|object| all.iter().any(|string| names(string, object)));
        let is_other = |object: &&str| {
            OTHERS
                .iter()
                .any(|(word, file)| object == word && path.ends_with(file))
        };
        let certain = certain.filter(|object| !is_other(object));
        found.extend(certain.map(|object| format!("`{object}` in {}", path.display())));
    }
}

/// Code without its documentation.
fn code(source: &str) -> TokenStream {
    let lines = source.lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<&str> = lines.collect();
    code.join("\n").parse().expect("it is Rust")
}

#[test]
fn no_certain_object_is_named_outside_its_file() {
    let mut found = Vec::new();
    named(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    assert_eq!(found, NONE);
}
