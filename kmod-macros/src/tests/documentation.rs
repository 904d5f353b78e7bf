// SPDX-License-Identifier: GPL-2.0-only
//! The tables of keys in the attributes' documentation, which editors show, are those of the parser.

use crate::check::file_operations::HANDLERS;
use crate::parse::args::Key;
use crate::{objects, parse};

const SOURCE: &str = include_str!("../lib.rs");

/// The first column of the tables in the doc comment before a function, up to the first blank.
fn documented(function: &str) -> Vec<&'static str> {
    let end = SOURCE
        .find(&format!("pub fn {function}("))
        .expect("the attribute is there");
    let comment = SOURCE[..end]
        .rsplit("\n\n")
        .next()
        .expect("it is documented");
    comment
        .lines()
        .filter_map(|line| line.strip_prefix("/// | `"))
        .filter_map(|row| row.split([' ', '(', '`']).next())
        .collect()
}

fn names(keys: &[Key]) -> impl Iterator<Item = &'static str> {
    keys.iter().map(|key| key.name)
}

#[test]
fn every_key_of_a_module_is_documented_in_its_place() {
    let module = names(parse::module::KEYS);
    let all: Vec<&str> = module.chain(names(parse::params::KEYS)).collect();
    assert_eq!(documented("kernel_module"), all);
}

#[test]
fn every_key_of_an_object_is_documented_in_its_place() {
    for attribute in objects::NAMES {
        let keys: Vec<&str> = names(objects::keys(attribute)).collect();
        assert_eq!(documented(attribute), keys, "{attribute}");
    }
}

#[test]
fn every_handler_is_documented_in_its_place() {
    assert_eq!(documented("file_operations"), HANDLERS);
}
