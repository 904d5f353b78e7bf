// SPDX-License-Identifier: GPL-2.0-only
//! `#[kernel_module(name = "…", license = "…", …)] struct …`

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Fields, Ident, ItemStruct, Meta, Path, Token};

use crate::errors::{Errors, closest};
use crate::kernel_module::{Field, Module};
use crate::objects;
use crate::params;
use crate::syntax::args::{Args, Key, Value};
use crate::syntax::docs;
use crate::syntax::forms::attribute_args;
use crate::syntax::types::standalone;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the module's name, as `lsmod` shows it",
        default: "must be given",
        also: &["modname"],
    },
    Key {
        name: "license",
        example: "license = \"GPL\"",
        meaning: "one of the kernel's licence idents",
        default: "must be given",
        also: &["licence"],
    },
    Key {
        name: "authors",
        example: "authors = [\"A. Author <a@example.org>\"]",
        meaning: "who wrote it, one string each",
        default: "none",
        also: &["author"],
    },
    Key {
        name: "description",
        example: "description = \"Hands out ticket numbers\"",
        meaning: "what it does, in a line",
        default: "first paragraph of the struct's doc comment",
        also: &["desc", "about"],
    },
    Key {
        name: "version",
        example: "version = \"1.0\"",
        meaning: "its version",
        default: "none",
        also: &[],
    },
    Key {
        name: "alias",
        example: "alias = [\"char-major-10-200\"]",
        meaning: "further names under which `modprobe` finds it",
        default: "none",
        also: &["aliases"],
    },
    Key {
        name: "softdep",
        example: "softdep = \"pre: loop\"",
        meaning: "modules that `modprobe` loads before (`pre:`) and after (`post:`) it",
        default: "none",
        also: &["depends"],
    },
    Key {
        name: "firmware",
        example: "firmware = [\"vendor/device.bin\"]",
        meaning: "firmware files that it asks for",
        default: "none",
        also: &["firmwares"],
    },
    Key {
        name: "import_ns",
        example: "import_ns = [\"DMA_BUF\"]",
        meaning: "symbol namespaces that it imports",
        default: "none",
        also: &["imports_ns", "namespace"],
    },
    Key {
        name: "panic",
        example: "panic = \"forbid\"",
        meaning: "`\"bug\"`: a panic logs its place and ends in the kernel's `BUG()`; \
                  `\"forbid\"`: a module that can panic is not built",
        default: "`\"bug\"`",
        also: &["panics", "on_panic"],
    },
    Key {
        name: "params",
        example: "params(step: u32 = 1)",
        meaning: "the parameters",
        default: "none",
        also: &["param", "parameters"],
    },
];

/// Reads the attribute and the struct under it.
pub fn parse(tokens: TokenStream, mut item: ItemStruct, errors: &mut Errors) -> Module {
    let mut args = Args::parse("kernel_module", item.ident.span(), tokens, KEYS, errors);
    let name = args.text("name", errors);
    if name.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let license = args.text("license", errors);
    if license.is_none() {
        args.missing(&KEYS[1], errors);
    }
    let params = match args.take("params").map(|entry| entry.value) {
        Some(Value::List(list)) => params::parse::parse(&list, errors),
        _ => Vec::new(),
    };
    let fields = fields(&mut item.fields, &item.ident, errors);
    let mut written = std::mem::take(&mut args.written);
    // Its place is that of the struct's name, which has a documentation of its own.
    written[0].set_span(Span::call_site());
    Module {
        name,
        license,
        authors: args.texts("authors", errors),
        description: args
            .text("description", errors)
            .or_else(|| docs::first_paragraph(&item.attrs)),
        version: args.text("version", errors),
        aliases: args.texts("alias", errors),
        softdep: args.text("softdep", errors),
        firmware: args.texts("firmware", errors),
        import_ns: args.texts("import_ns", errors),
        panic: args.text("panic", errors),
        params,
        fields,
        written,
        misshapen: false,
        item,
    }
}

/// Reads the fields and takes our attributes off them.
fn fields(fields: &mut Fields, module: &Ident, errors: &mut Errors) -> Vec<Field> {
    let mut read = Vec::new();
    for field in fields {
        let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut field.attrs)
            .into_iter()
            .partition(|attribute| meant(attribute).is_some());
        field.attrs = others;
        // A tuple struct is refused as a whole.
        let Some(ident) = field.ident.clone() else {
            continue;
        };
        let mut object = None;
        let mut written = Vec::new();
        let mut first: Option<&'static str> = None;
        field.attrs.retain(|attribute| !foreign(attribute, errors));
        for attribute in &ours {
            let Some(name) = meant(attribute) else {
                continue;
            };
            let is_it = attribute.path().segments.last();
            if is_it.is_none_or(|last| last.ident != name) {
                errors.on(
                    attribute.path(),
                    format!(
                        "there is no attribute `{}`",
                        attribute.path().to_token_stream()
                    ),
                    format!("did you mean `#[{name}]`?"),
                );
                continue;
            }
            if let Some(first) = first {
                errors.on(
                    attribute,
                    format!("field `{ident}` is `#[{first}]` already"),
                    format!("a field is one kernel object: give `#[{name}]` a field of its own"),
                );
                continue;
            }
            first = Some(name);
            let tokens = attribute_args(attribute, errors);
            let span = attribute.path().span();
            let args = Args::parse(name, span, tokens, objects::keys(name), errors);
            written.clone_from(&args.written);
            object = objects::parse(name, args, &ident, errors);
        }
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
            cfgs,
            ty: standalone(&field.ty, module),
            refused: false,
            ident,
            object,
            written,
        });
    }
    read
}

/// What objects are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("cdev", "chrdev"),
    ("char_device", "chrdev"),
    ("miscdev", "misc"),
    ("miscdevice", "misc"),
    ("misc_device", "misc"),
    ("file_system", "filesystem"),
];

/// Which of our attributes this one is, or was meant to be. It may stand with its path.
fn meant(attribute: &Attribute) -> Option<&'static str> {
    let Some(ident) = attribute.path().get_ident() else {
        return named(attribute.path());
    };
    let name = ident.to_string();
    let also = ALSO.iter().find(|(also, _)| name == *also);
    also.map(|(_, name)| *name)
        .or_else(|| closest(&name, objects::NAMES.iter().copied()))
}

/// Which of our attributes a path ends in.
fn named(path: &Path) -> Option<&'static str> {
    let last = path.segments.last()?;
    let mut names = objects::NAMES.iter().copied();
    names.find(|name| last.ident == name)
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
