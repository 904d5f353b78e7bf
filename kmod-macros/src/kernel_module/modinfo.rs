// SPDX-License-Identifier: GPL-2.0-only
//! What `modinfo` shows: the one `.modinfo` section.
//!
//! A `#[used]` static would get a section with a flag of its own, which the linker keeps apart from
//! kbuild's, and the kernel reads the first section only. So it is written in assembly.

use proc_macro2::TokenStream;
use quote::quote;

use super::Module;
use crate::params::expand::parmtype;
use crate::syntax::docs;

/// The section.
pub fn expand(module: &Module) -> TokenStream {
    let lines = entries(module)
        .into_iter()
        .map(|(tag, value)| format!(".asciz \"{tag}={}\"", escaped(&value)));
    // For cargo-kmod, which compares it with the Makefile's (cargo-kmod/src/object/makefile.rs), and does
    // not link it.
    let name = module.name.as_ref().map(|name| name.value.as_str());
    let name = format!(".asciz \"{}\"", escaped(name.unwrap_or_default()));
    // In a block the macro would be a statement, which it cannot be.
    quote! {
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"",
                #(#lines,)*
                ".popsection",
                ".pushsection .kmod.module",
                #name,
                ".popsection",
                options(raw)
            );
        }
    }
}

/// The entries, tag and value.
fn entries(module: &Module) -> Vec<(&'static str, String)> {
    let mut entries = Vec::new();
    let once = [
        ("license", &module.license),
        ("description", &module.description),
        ("version", &module.version),
        ("softdep", &module.softdep),
    ];
    for (tag, text) in once {
        entries.extend(text.iter().map(|text| (tag, text.value.clone())));
    }
    let many = [
        ("author", &module.authors),
        ("alias", &module.aliases),
        ("firmware", &module.firmware),
        ("import_ns", &module.import_ns),
    ];
    for (tag, texts) in many {
        entries.extend(texts.iter().map(|text| (tag, text.value.clone())));
    }
    for param in &module.params {
        if let Some(kind) = parmtype(param) {
            entries.push(("parmtype", format!("{}:{kind}", param.name.value)));
        }
        if let Some(description) = docs::joined(&param.docs) {
            entries.push((
                "parm",
                format!("{}:{}", param.name.value, description.value),
            ));
        }
    }
    entries
}

/// A string between an assembler's quotes: what is not plain ASCII becomes octal.
pub fn escaped(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes().take_while(|byte| *byte != 0) {
        match byte {
            b'"' | b'\\' => {
                escaped.push('\\');
                escaped.push(char::from(byte));
            }
            b' '..=b'~' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("\\{byte:03o}")),
        }
    }
    escaped
}
