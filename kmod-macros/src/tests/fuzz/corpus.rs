// SPDX-License-Identifier: GPL-2.0-only
//! The uses of attributes in the examples, the tests' modules, the UI cases and the goldens.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Item, Meta};

use super::property::Use;
use crate::documentation::tables;
use crate::tests::attributes;

/// Where they are.
const FOLDERS: &[&str] = &[
    "examples",
    "kmod-core/vm-tests",
    "kmod-macros/goldens",
    "ui-tests/tests",
];

/// All of them, in one order everywhere.
pub fn uses() -> Vec<Use> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in FOLDERS {
        find(&root.join(folder), &mut files);
    }
    files.sort();
    files
        .iter()
        .filter_map(|file| syn::parse_file(&fs::read_to_string(file).ok()?).ok())
        .flat_map(|file| file.items)
        .flat_map(of_item)
        .collect()
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            find(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn of_item(mut item: Item) -> Vec<Use> {
    let mut uses = Vec::new();
    for table in tables() {
        let Some(attributes) = attributes(&mut item) else {
            continue;
        };
        let Some(index) = attributes
            .iter()
            .position(|attribute| attribute.path().is_ident(table.attribute))
        else {
            continue;
        };
        let attribute = attributes.remove(index);
        uses.push(Use {
            attribute: table.attribute,
            args: match attribute.meta {
                Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            },
            item: item.to_token_stream(),
        });
    }
    uses
}
