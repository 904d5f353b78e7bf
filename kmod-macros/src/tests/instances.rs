// SPDX-License-Identifier: GPL-2.0-only
//! Which objects an instance can have.

use syn::{ItemStruct, parse_quote};

use crate::errors::Errors;
use crate::instance::Kind;
use crate::instance::parse::parse;

#[test]
fn an_object_stands_on_the_instances_that_its_attribute_names() {
    let item: ItemStruct = parse_quote! {
        struct Card {
            #[misc]
            node: Node,
            #[filesystem]
            files: Files,
        }
    };
    let mut errors = Errors::default();
    let card = parse(Kind::Device, item.clone(), &mut errors);
    let objects: Vec<_> = card
        .fields
        .iter()
        .map(|field| field.object.is_some())
        .collect();
    assert_eq!(objects, [true, false]);
    let report = errors.into_tokens().to_string();
    assert!(
        report.contains("a device struct has no `#[filesystem]`"),
        "{report}"
    );
    assert!(
        report.contains("a struct under `#[kernel_module]`"),
        "{report}"
    );

    let mut errors = Errors::default();
    let file = parse(Kind::PerOpen, item.clone(), &mut errors);
    assert_eq!(file.objects().count(), 0);
    let report = errors.into_tokens().to_string();
    assert!(
        report.contains("a struct of an open file has no `#[misc]`"),
        "{report}"
    );

    let mut errors = Errors::default();
    let module = parse(Kind::Module, item, &mut errors);
    assert_eq!(errors.count(), 0);
    assert_eq!(module.objects().count(), 2);
}
