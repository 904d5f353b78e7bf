// SPDX-License-Identifier: GPL-2.0-only
//! The tables of keys in the documentation are those of the parser.
//!
//! A table stands between two marks, in a document `<!-- keys: chrdev -->` and `<!-- end -->`, in
//! the doc comment of an attribute `// keys: chrdev` and `// end`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{NONE, bless};
use crate::documentation::tables;

/// How the marks and the lines between them are written.
struct Marks {
    before: &'static str,
    after: &'static str,
    end: &'static str,
    line: &'static str,
}

const DOCUMENT: Marks = Marks {
    before: "<!-- keys: ",
    after: " -->\n",
    end: "<!-- end -->\n",
    line: "",
};

const COMMENT: Marks = Marks {
    before: "\n// keys: ",
    after: "\n",
    end: "// end\n",
    line: "/// ",
};

/// A text with its tables made anew, and the attributes whose tables it has.
fn with_tables<'t>(text: &'t str, marks: &Marks) -> (String, Vec<&'t str>) {
    let mut parts = text.split(marks.before);
    let mut now = parts.next().unwrap_or_default().to_owned();
    let mut attributes = Vec::new();
    for part in parts {
        let (attribute, rest) = part.split_once(marks.after).expect("the mark is whole");
        let (_, rest) = rest.split_once(marks.end).expect("the table has an end");
        let table = tables()
            .find(|table| table.attribute == attribute)
            .unwrap_or_else(|| panic!("there is no attribute `{attribute}`"));
        now += &format!("{}{attribute}{}", marks.before, marks.after);
        for line in table.markdown().lines() {
            now += &format!("{}{line}\n", marks.line);
        }
        now += marks.end;
        now += rest;
        attributes.push(attribute);
    }
    (now, attributes)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn pages() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root().join("docs/reference")) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn tables_in_the_documentation_are_those_of_the_parser() {
    let source = root().join("kmod-macros/src/lib.rs");
    let comments = with_tables(&read(&source), &COMMENT).0;
    let pages = pages().into_iter().map(|page| {
        let now = with_tables(&read(&page), &DOCUMENT).0;
        (page, now)
    });
    bless::hold(pages.chain([(source, comments)]));
}

#[test]
fn every_attribute_has_its_table_in_its_doc_comment() {
    let source = read(&root().join("kmod-macros/src/lib.rs"));
    let (_, documented) = with_tables(&source, &COMMENT);
    for table in tables() {
        let attribute = table.attribute;
        assert!(documented.contains(&attribute), "{attribute}");
    }
}

/// The attributes and derives, by the names of their functions.
fn attributes() -> Vec<String> {
    let source = read(&root().join("kmod-macros/src/lib.rs"));
    let file = syn::parse_file(&source).expect("this is Rust");
    let functions = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Fn(function) => Some(function),
        _ => None,
    });
    let attributes = functions.filter(|function| {
        let is = |name| move |attr: &syn::Attribute| attr.path().is_ident(name);
        function.attrs.iter().any(is("proc_macro_attribute"))
            || function.attrs.iter().any(is("proc_macro_derive"))
    });
    attributes
        .map(|function| function.sig.ident.to_string())
        .collect()
}

/// What `docs/reference` lacks, of these pages and tables.
fn missing(pages: &[PathBuf], attributes: &[String]) -> Vec<String> {
    let named = |attribute: &&String| {
        let is_it = |page: &PathBuf| {
            page.file_stem()
                .is_some_and(|stem| stem == attribute.as_str())
        };
        !pages.iter().any(is_it)
    };
    let pages_missing = attributes.iter().filter(named);
    let texts: Vec<String> = pages.iter().map(|page| read(page)).collect();
    let there = |attribute: &str| {
        let has = |text: &String| with_tables(text, &DOCUMENT).1.contains(&attribute);
        texts.iter().any(has)
    };
    let tables_missing = tables().filter(|table| !there(table.attribute));
    pages_missing
        .map(|name| format!("{name}.md"))
        .chain(tables_missing.map(|table| format!("the keys of {}", table.attribute)))
        .collect()
}

#[test]
fn every_attribute_has_its_page_and_its_keys_there() {
    let attributes = attributes();
    assert!(attributes.len() > 8, "{attributes:?}");
    assert_eq!(missing(&pages(), &attributes), NONE);
}

#[test]
fn a_page_or_a_table_that_is_not_there_is_noticed() {
    let mut pages = pages();
    pages.retain(|page| !page.ends_with("misc.md"));
    let found = missing(&pages, &["chrdev".to_owned(), "misc".to_owned()]);
    assert_eq!(found, ["misc.md", "the keys of misc"]);
}

#[test]
fn tables_are_found_by_their_marks_and_nothing_else_changes() {
    let text = "a\n<!-- keys: chrdev -->\nold\n<!-- end -->\nb\n";
    let (now, attributes) = with_tables(text, &DOCUMENT);
    assert!(now.starts_with("a\n<!-- keys: chrdev -->\n| key | meaning | default |\n|---"));
    assert!(now.contains("\n| `minors = 4` | how many minors, or the name of the parameter that says it | 1 |\n<!-- end -->\nb\n"));
    assert_eq!(attributes, ["chrdev"]);
}
