// SPDX-License-Identifier: GPL-2.0-only
//! `params(/// doc  #[param(perm = 0o…, range = a..=b)]  name: type = default, …)`

use proc_macro2::{Group, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Ident, Token, Type, TypePath};

use super::args::{Args, Key, split_at_commas};
use super::values::{attribute_args, name_of};
use crate::errors::{Errors, closest};
use crate::model::{Param, ParamKind};

/// The keys of `#[param]`.
pub const KEYS: &[Key] = &[
    Key {
        name: "perm",
        example: "perm = 0o644",
        meaning: "mode of its file in `/sys/module/NAME/parameters`; 0 for no file",
        default: "`0o444`",
        also: &["mode", "perms", "permissions"],
    },
    Key {
        name: "range",
        example: "range = 1..=100",
        meaning: "the values that it takes; integers only",
        default: "all of the type",
        also: &["min", "max"],
    },
];

/// The integers that parameters can be.
const INTS: &[&str] = &[
    "i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize",
];

struct Syntax {
    attributes: Vec<Attribute>,
    ident: Ident,
    ty: Type,
    default: Option<Expr>,
}

impl Parse for Syntax {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let ident = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        let default = if input.is_empty() {
            None
        } else {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        };
        Ok(Self {
            attributes,
            ident,
            ty,
            default,
        })
    }
}

/// Reads the parameters.
pub fn parse(list: &Group, errors: &mut Errors) -> Vec<Param> {
    let mut params = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        let tokens: TokenStream = part.into_iter().collect();
        match syn::parse2::<Syntax>(tokens.clone()) {
            Ok(syntax) => params.push(param(syntax, errors)),
            Err(error) => {
                // At the end of the tokens there is no place to point at.
                let rule = format!("a parameter is a name, a type and a default: {error}");
                let help = "write `step: u32 = 1`";
                if error.to_string().starts_with("unexpected end") {
                    errors.on(tokens, rule, help);
                } else {
                    errors.at(error.span(), rule, help);
                }
            }
        }
    }
    params
}

fn param(mut syntax: Syntax, errors: &mut Errors) -> Param {
    let before = errors.count();
    let mut docs = Vec::new();
    let mut perm = None;
    let mut range = None;
    let mut written = Vec::new();
    for attribute in std::mem::take(&mut syntax.attributes) {
        if attribute.path().is_ident("doc") {
            docs.push(attribute);
        } else if attribute.path().is_ident("param") {
            if !written.is_empty() {
                errors.on(
                    &attribute,
                    format!("`{}` has two `#[param]`", syntax.ident),
                    "write all keys into one",
                );
                continue;
            }
            let tokens = attribute_args(&attribute, errors);
            let mut args = Args::parse("param", attribute.path().span(), tokens, KEYS, errors);
            perm = args.number("perm", errors);
            range = args.range("range", errors);
            written = args.written;
        } else {
            unknown_attribute(&attribute, errors);
        }
    }
    if syntax.default.is_none() {
        errors.at(
            syntax.ident.span(),
            format!("parameter `{}` has no default", syntax.ident),
            format!(
                "write the value that it has when `insmod` gives none: {}",
                example(&syntax)
            ),
        );
    }
    Param {
        name: name_of(&syntax.ident).value,
        ident: syntax.ident,
        kind: kind(&syntax.ty),
        ty: syntax.ty,
        default: syntax.default,
        docs,
        perm,
        range,
        written,
        refused: errors.count() != before,
    }
}

fn example(syntax: &Syntax) -> String {
    let (ident, ty) = (&syntax.ident, &syntax.ty);
    let ty = quote!(#ty).to_string().replace("& ", "&");
    let value = match kind(&syntax.ty) {
        Some(ParamKind::Bool(_)) => "false",
        Some(ParamKind::Int(_)) => "0",
        Some(ParamKind::Str | ParamKind::CStr(_)) => "\"\"",
        None => "…",
    };
    format!("`{ident}: {ty} = {value}`")
}

fn unknown_attribute(attribute: &Attribute, errors: &mut Errors) {
    let path = attribute.path();
    let name = quote!(#path).to_string().replace(' ', "");
    let help = if closest(&name, ["param"]).is_some() || name == "params" {
        "did you mean `#[param(…)]`?".to_owned()
    } else if name == "cfg" || name == "cfg_attr" {
        "put `#[cfg]` on the whole struct: one for each case".to_owned()
    } else {
        "a parameter takes doc comments and `#[param(perm = 0o644, range = 1..=100)]`".to_owned()
    };
    errors.on(
        attribute,
        format!("a parameter has no attribute `{name}`"),
        help,
    );
}

/// The type of a parameter, if it is one that parameters can have.
fn kind(ty: &Type) -> Option<ParamKind> {
    match ty {
        Type::Group(group) => kind(&group.elem),
        Type::Paren(paren) => kind(&paren.elem),
        Type::Path(TypePath { qself: None, path }) => {
            let ident = path.get_ident()?;
            let name = ident.to_string();
            if name == "bool" {
                Some(ParamKind::Bool(ident.clone()))
            } else if INTS.contains(&name.as_str()) {
                Some(ParamKind::Int(ident.clone()))
            } else {
                None
            }
        }
        Type::Reference(reference) if reference.mutability.is_none() => {
            let static_or_none = reference
                .lifetime
                .as_ref()
                .is_none_or(|lifetime| lifetime.ident == "static");
            let Type::Path(TypePath { qself: None, path }) = &*reference.elem else {
                return None;
            };
            let last = &path.segments.last()?.ident;
            if !static_or_none {
                None
            } else if path.is_ident("str") {
                Some(ParamKind::Str)
            } else if last == "CStr" {
                Some(ParamKind::CStr(path.clone()))
            } else {
                None
            }
        }
        _ => None,
    }
}
