// SPDX-License-Identifier: GPL-2.0-only
//! The fields of an instance, and the attributes on them.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, ItemStruct, Meta, Path, Token};

use super::{Field, Instance, Kind};
use crate::errors::{Errors, any_of, closest};
use crate::objects::{self, ATTRIBUTES, Object, ObjectAttribute};
use crate::syntax::args::Args;
use crate::syntax::docs;
use crate::syntax::forms::attribute_args;
use crate::syntax::types::standalone;

/// Reads the struct and takes our attributes off its fields.
pub fn parse(kind: Kind, mut item: ItemStruct, errors: &mut Errors) -> Instance {
    let fields = fields(kind, &mut item, errors);
    Instance {
        kind,
        item,
        fields,
        misshapen: false,
    }
}

/// Reads the fields and takes our attributes off them.
fn fields(kind: Kind, item: &mut ItemStruct, errors: &mut Errors) -> Vec<Field> {
    let mut read = Vec::new();
    for field in &mut item.fields {
        let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut field.attrs)
            .into_iter()
            .partition(|attribute| meant(attribute).is_some());
        field.attrs = others;
        // A tuple struct is refused as a whole.
        let Some(ident) = field.ident.clone() else {
            continue;
        };
        field.attrs.retain(|attribute| !foreign(attribute, errors));
        let (object, written) = object(kind, &ident, &ours, errors);
        let cfgs = field.attrs.iter();
        let cfgs: Vec<_> = cfgs
            .filter(|attribute| attribute.path().is_ident("cfg"))
            .cloned()
            .collect();
        // The compiler says that a field is there twice.
        if read
            .iter()
            .any(|other: &Field| other.ident == ident && other.cfgs == cfgs)
        {
            continue;
        }
        read.push(Field {
            kind,
            docs: docs::text(&field.attrs),
            cfgs,
            ty: standalone(&field.ty, &item.ident),
            refused: false,
            ident,
            object,
            written,
        });
    }
    read
}

/// The object that a field's attributes describe, and how the attribute and its keys were written.
fn object(
    kind: Kind,
    field: &Ident,
    attributes: &[Attribute],
    errors: &mut Errors,
) -> (Option<Box<dyn Object>>, Vec<Ident>) {
    let mut object = None;
    let mut written = Vec::new();
    let mut first: Option<&'static ObjectAttribute> = None;
    for attribute in attributes {
        let Some(ours) = meant(attribute) else {
            continue;
        };
        let name = ours.name;
        let path = attribute.path();
        if path.segments.last().is_none_or(|last| last.ident != name) {
            errors.on(
                path,
                format!("there is no attribute `{}`", path.to_token_stream()),
                format!("did you mean `#[{name}]`?"),
            );
            continue;
        }
        if let Some(first) = first {
            errors.on(
                attribute,
                format!("field `{field}` is `#[{}]` already", first.name),
                format!("a field is one kernel object: give `#[{name}]` a field of its own"),
            );
            continue;
        }
        first = Some(ours);
        if !ours.on.contains(&kind) {
            misplaced(attribute, ours, kind, errors);
            continue;
        }
        let tokens = attribute_args(attribute, errors);
        let mut args = Args::parse(name, path.span(), tokens, ours.keys, errors);
        written.clone_from(&args.written);
        let before = errors.count();
        object = (ours.parse)(&mut args, field, errors).filter(|_| errors.count() == before);
    }
    (object, written)
}

/// Reports an object that the other instances can have.
fn misplaced(attribute: &Attribute, ours: &ObjectAttribute, kind: Kind, errors: &mut Errors) {
    let owners = ours.on.iter().map(|kind| kind.attribute());
    let owners = any_of(owners.map(|owner| format!("#[{owner}]")));
    errors.on(
        attribute,
        format!("a {} has no `#[{}]`", kind.what(), ours.name),
        format!("put it on a field of a struct under {owners}"),
    );
}

/// The compiler's attributes of fields: however near they are to one of ours, they are meant.
const COMPILERS: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "forbid",
    "warn",
];

/// Which of our attributes this one is, or was meant to be. It may stand with its path.
fn meant(attribute: &Attribute) -> Option<&'static ObjectAttribute> {
    let Some(ident) = attribute.path().get_ident() else {
        return named(attribute.path());
    };
    let name = ident.to_string();
    if COMPILERS.contains(&name.as_str()) {
        return None;
    }
    let mut all = ATTRIBUTES.iter().copied();
    let also = all.find(|ours| ours.also.contains(&name.as_str()));
    also.or_else(|| {
        let name = closest(&name, objects::names())?;
        objects::named(name)
    })
}

/// Which of our attributes a path ends in.
fn named(path: &Path) -> Option<&'static ObjectAttribute> {
    let last = path.segments.last()?;
    objects::named(&last.ident.to_string())
}

/// Reports an attribute that would be ours elsewhere.
fn foreign(attribute: &Attribute, errors: &mut Errors) -> bool {
    if attribute.path().is_ident("param") {
        errors.on(
            attribute,
            "`#[param]` describes a parameter, and a field is none",
            "write `params(#[param(…)] name: type = default)` in `#[kernel_module]`",
        );
        return true;
    }
    let conditional = match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .unwrap_or_default(),
        _ => return false,
    };
    let mut attributes = conditional.iter().skip(1);
    let ours = attributes.find(|meta| named(meta.path()).is_some());
    if let Some(ours) = ours {
        errors.on(
            ours.path(),
            "a field is a kernel object on every condition, or is not there",
            "put `#[cfg(…)]` on the field, and the attribute below it",
        );
    }
    ours.is_some()
}
