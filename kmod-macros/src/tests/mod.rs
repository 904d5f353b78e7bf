// SPDX-License-Identifier: GPL-2.0-only
//! The attributes on token streams.

mod bless;
mod documentation;
mod fuzz;
mod goldens;
mod growth;
mod handlers;
mod hygiene;
mod instances;
mod messages;
mod mutations;
mod one_file;
mod spans;
mod values;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Item, Meta};

use fuzz::corpus::attributes;

/// Nothing is wrong.
const NONE: [String; 0] = [];

/// Expands the attributes of all items of a file, as the compiler would.
fn expand(source: &str) -> TokenStream {
    let file = syn::parse_file(source).expect("a test's source is Rust");
    file.items.into_iter().map(expand_item).collect()
}

fn expand_item(mut item: Item) -> TokenStream {
    let krate = quote!(::kmod_core);
    if let Item::Enum(item) = &mut item
        && item.attrs.iter().any(|attribute| {
            let derives = attribute.to_token_stream().to_string();
            derives.contains("ParamEnum") || derives.contains("BitsEnum")
        })
    {
        // A derive leaves the item as it is, but for the attributes that help it.
        let tokens = item.to_token_stream();
        let derived = match tokens.to_string().contains("BitsEnum") {
            true => crate::attributes::bits_enum(tokens, &krate),
            false => crate::attributes::param_enum(tokens, &krate),
        };
        item.attrs.clear();
        for variant in &mut item.variants {
            variant.attrs.clear();
        }
        return quote!(#item #derived);
    }
    let Some(attributes) = attributes(&mut item) else {
        return item.into_token_stream();
    };
    for name in [
        "kernel_module",
        "device",
        "per_open",
        "handlers",
        "file_operations",
        "ioctl",
        "uapi",
        "registers",
        "bits",
        "trace_event",
        "export",
        "export_c",
        "import_c",
    ] {
        let is_it = |attribute: &Attribute| attribute.path().is_ident(name);
        if let Some(index) = attributes.iter().position(is_it) {
            let args = match attributes.remove(index).meta {
                Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            };
            let tokens = item.into_token_stream();
            return match name {
                "kernel_module" => crate::attributes::kernel_module(args, tokens, &krate),
                "device" => crate::attributes::device(args, tokens, &krate),
                "per_open" => crate::attributes::per_open(args, tokens, &krate),
                "handlers" => crate::attributes::named_handlers(args, tokens, &krate),
                "export" => crate::attributes::export(args, tokens, &krate),
                "export_c" => crate::attributes::export_c(args, tokens, &krate),
                "import_c" => crate::attributes::import_c(args, tokens, &krate),
                "ioctl" => crate::attributes::ioctl(args, tokens, &krate),
                "registers" => crate::attributes::registers(args, tokens, &krate),
                "bits" => crate::attributes::bits(args, tokens, &krate),
                "trace_event" => crate::attributes::trace_event(args, tokens, &krate),
                "uapi" => crate::attributes::uapi(args, tokens, &krate),
                _ => crate::attributes::file_operations(args, tokens, &krate),
            };
        }
    }
    item.into_token_stream()
}

/// The messages of the `compile_error!`s in an expansion.
fn messages(tokens: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else {
            continue;
        };
        let is_error = index >= 2
            && matches!(&trees[index - 2], TokenTree::Ident(name) if name == "compile_error");
        if is_error {
            let message: syn::LitStr = syn::parse2(group.stream()).expect("it takes a string");
            found.push(message.value());
        } else {
            found.extend(messages(group.stream()));
        }
    }
    found
}

/// What is wrong with a module whose attribute and body these are.
fn module(args: &str, fields: &str) -> Vec<String> {
    messages(expand(&format!(
        "#[kernel_module({args})] struct Ticket {{ {fields} }}"
    )))
}

/// What is wrong with a module that has this parameter.
fn param(param: &str) -> Vec<String> {
    let args = format!("name = \"ticket\", license = \"GPL\", params({param})");
    module(&args, "")
}

/// What is wrong with a module that has these fields.
fn fields(fields: &str) -> Vec<String> {
    module("name = \"ticket\", license = \"GPL\"", fields)
}

/// What is wrong with an `impl` with these items.
fn operations(items: &str) -> Vec<String> {
    messages(expand(&format!(
        "#[file_operations] impl FileOperations for Dispenser {{ {items} }}"
    )))
}
