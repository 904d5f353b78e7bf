// SPDX-License-Identifier: GPL-2.0-only
//! `params(/// doc  #[param(perm = 0o…, range = a..=b)]  name: type = default, …)`

use proc_macro2::{Group, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Ident, Token, Type, TypePath};

use super::{Param, ParamKind};
use crate::errors::{Errors, closest};
use crate::syntax::args::{Args, Key, split_at_commas};
use crate::syntax::forms::{attribute_args, name_of};

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
        meaning: "the values that it takes, or each of its elements; integers only",
        default: "all of the type",
        also: &["min", "max"],
    },
    Key {
        name: "name",
        example: "name = \"step\"",
        meaning: "its name for the kernel",
        default: "the accessor's name",
        also: &["named", "rename"],
    },
    Key {
        name: "kind",
        example: "kind = hexint",
        meaning: "how it is written: `hexint` for a `u32`, `invbool` for a `bool`, `bint` for an `i32`, or for arrays of these",
        default: "as C writes its type",
        also: &["type", "ops"],
    },
    Key {
        name: "len",
        example: "len = 32",
        meaning: "room of a string, its NUL included",
        default: "a `charp`: up to 1,024 bytes",
        also: &["length", "size", "maxlen", "max_len"],
    },
    Key {
        name: "validate",
        example: "validate = check",
        meaning: "a `fn(value) -> Result` that is asked before a value is stored",
        default: "every value is taken",
        also: &["check", "validator", "verify"],
    },
    Key {
        name: "on_change",
        example: "on_change = changed",
        meaning: "a `fn(&Module, value)` that is called after a write to its file",
        default: "none",
        also: &["changed", "callback", "set"],
    },
    Key {
        name: "taint",
        example: "taint = true",
        meaning: "whether setting it taints the kernel",
        default: "`false`",
        also: &["unsafe", "taints", "dangerous"],
    },
    Key {
        name: "hw",
        example: "hw = irq",
        meaning: "what of the hardware it describes; a locked-down kernel then refuses to set it",
        default: "nothing",
        also: &["hwtype", "hardware", "hwparam"],
    },
];

/// `enum hwparam_type`
const HARDWARE: &[&str] = &[
    "ioport",
    "iomem",
    "ioport_or_iomem",
    "irq",
    "dma",
    "dma_addr",
    "other",
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
    let mut param = Param {
        name: name_of(&syntax.ident),
        kind: kind(&syntax.ty),
        docs: Vec::new(),
        perm: None,
        range: None,
        c_kind: None,
        len: None,
        taint: false,
        hw: false,
        validate: None,
        on_change: None,
        written: Vec::new(),
        refused: false,
        ident: syntax.ident.clone(),
        ty: syntax.ty.clone(),
        default: syntax.default.clone(),
    };
    for attribute in std::mem::take(&mut syntax.attributes) {
        if attribute.path().is_ident("doc") {
            param.docs.push(attribute);
        } else if attribute.path().is_ident("param") {
            if !param.written.is_empty() {
                errors.on(
                    &attribute,
                    format!("`{}` has two `#[param]`", syntax.ident),
                    "write all keys into one",
                );
                continue;
            }
            let tokens = attribute_args(&attribute, errors);
            let mut args = Args::parse("param", attribute.path().span(), tokens, KEYS, errors);
            keys(&mut param, &mut args, errors);
            param.written = args.written;
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
    param.refused = errors.count() != before;
    param
}

/// Reads the keys of `#[param]`.
fn keys(param: &mut Param, args: &mut Args, errors: &mut Errors) {
    param.perm = args.number("perm", errors);
    param.range = args.range("range", errors);
    if let Some(name) = args.text("name", errors) {
        param.name = name;
    }
    param.c_kind = args.ident("kind", errors);
    param.len = args.number("len", errors);
    param.validate = args.function("validate", errors);
    param.on_change = args.function("on_change", errors);
    param.taint = args.truth("taint", errors).unwrap_or(false);
    param.hw = args.word("hw", HARDWARE, errors).is_some();
}

fn example(syntax: &Syntax) -> String {
    let (ident, ty) = (&syntax.ident, &syntax.ty);
    let ty = quote!(#ty).to_string().replace("& ", "&");
    let value = match kind(&syntax.ty) {
        Some(ParamKind::Bool(_)) => "false",
        Some(ParamKind::Int(_)) => "0",
        Some(ParamKind::Str | ParamKind::CStr(_)) => "\"\"",
        Some(ParamKind::Array(..)) => "[]",
        Some(ParamKind::Custom(_)) | None => "…",
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

/// Types that are known not to do; the check says what does.
const REFUSED: &[&str] = &[
    "String", "CString", "str", "CStr", "char", "i128", "u128", "f32", "f64", "int", "c_int",
    "uint", "c_uint", "long", "c_long", "ulong", "c_ulong", "charp", "Vec", "KVec", "KString",
];

/// The type of a parameter, if it is one that parameters can have.
fn kind(ty: &Type) -> Option<ParamKind> {
    match ty {
        Type::Group(group) => kind(&group.elem),
        Type::Paren(paren) => kind(&paren.elem),
        Type::Path(path) => Some(named(path)?.unwrap_or_else(|| ParamKind::Custom(ty.clone()))),
        Type::Array(array) => {
            let element = kind(&array.elem)?;
            Some(ParamKind::Array(Box::new(element), array.len.clone()))
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

/// A type that has a name: `None` if it is refused, `Some(None)` if it is the module's own.
fn named(TypePath { path, .. }: &TypePath) -> Option<Option<ParamKind>> {
    let last = &path.segments.last()?.ident;
    if REFUSED.iter().any(|refused| last == refused) {
        return None;
    }
    let Some(ident) = path.get_ident() else {
        return Some(None);
    };
    Some(if ident == "bool" {
        Some(ParamKind::Bool(ident.clone()))
    } else if INTS.iter().any(|int| ident == int) {
        Some(ParamKind::Int(ident.clone()))
    } else {
        None
    })
}
