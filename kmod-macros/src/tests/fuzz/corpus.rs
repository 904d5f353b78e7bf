// SPDX-License-Identifier: GPL-2.0-only
//! The uses of attributes in the examples, the tests' modules, the UI cases and the goldens.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item, Meta};

use super::property::{DERIVE, Use};
use crate::documentation::tables;

/// Where they are.
const FOLDERS: &[&str] = &[
    "examples",
    "kmod-core/vm-tests",
    "kmod-macros/goldens",
    "ui-tests/tests",
];

/// All of them, in one order everywhere.
pub fn uses() -> Vec<Use> {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let root = folders
        .find(|folder| folder.join(FOLDERS[0]).is_dir())
        .expect("this is a folder of the repository");
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
    if let Item::Enum(item) = &mut item
        && let Some(index) = item.attrs.iter().position(derives)
    {
        item.attrs.remove(index);
        uses.push(Use {
            attribute: DERIVE,
            args: TokenStream::new(),
            item: item.to_token_stream(),
        });
    }
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

/// The attributes of an item that one of ours can stand on.
pub fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Union(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::ForeignMod(item) => Some(&mut item.attrs),
        _ => None,
    }
}

fn derives(attribute: &Attribute) -> bool {
    let text = attribute.to_token_stream().to_string();
    attribute.path().is_ident("derive") && text.contains(DERIVE)
}
