// SPDX-License-Identifier: GPL-2.0-only
//! `#[kernel_module(name = "…", license = "…", …)] struct …`

use proc_macro2::{Span, TokenStream};
use syn::ItemStruct;

use super::Module;
use crate::errors::Errors;
use crate::instance::{self, Kind};
use crate::params;
use crate::syntax::args::{Args, Key, Value};
use crate::syntax::docs;

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
pub fn parse(tokens: TokenStream, item: ItemStruct, errors: &mut Errors) -> Module {
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
    let instance = instance::parse::parse(Kind::Module, item, errors);
    let mut written = std::mem::take(&mut args.written);
    // Its place is that of the struct's name, which has a documentation of its own.
    written[0].set_span(Span::call_site());
    Module {
        name,
        license,
        authors: args.texts("authors", errors),
        description: args
            .text("description", errors)
            .or_else(|| docs::first_paragraph(&instance.item.attrs)),
        version: args.text("version", errors),
        aliases: args.texts("alias", errors),
        softdep: args.text("softdep", errors),
        firmware: args.texts("firmware", errors),
        import_ns: args.texts("import_ns", errors),
        panic: args.text("panic", errors),
        params,
        instance,
        written,
    }
}
