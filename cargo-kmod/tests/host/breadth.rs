// SPDX-License-Identifier: GPL-2.0-only
//! docs/breadth.md has a row for each attribute of a field, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(file: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// What is found between two texts, wherever the first one stands.
fn all_between(text: &str, before: &str, after: &str) -> BTreeSet<String> {
    let parts = text.split(before).skip(1);
    let found = parts.filter_map(|part| Some(part.split_once(after)?.0.to_owned()));
    found.collect()
}

#[test]
fn the_table_of_breadth_has_each_attribute_of_a_field() {
    // Outside of its struct, an attribute of a field says that it is misplaced.
    let attributes = all_between(
        &read("kmod-macros/src/lib.rs"),
        "attributes::misplaced(\"",
        "\"",
    );
    let rows = all_between(&read("docs/breadth.md"), "\n| [`#[", "]`](");
    assert!(attributes.len() > 20, "{attributes:?}");
    let missing: Vec<_> = attributes.difference(&rows).collect();
    assert!(
        missing.is_empty(),
        "docs/breadth.md has no row of {missing:?}"
    );
    let left: Vec<_> = rows.difference(&attributes).collect();
    assert!(
        left.is_empty(),
        "docs/breadth.md has rows of {left:?}, which are none"
    );
}
