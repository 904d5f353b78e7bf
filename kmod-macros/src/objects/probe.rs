// SPDX-License-Identifier: GPL-2.0-only
//! Functions that are probed, by name: what `#[kprobe]` and `#[kretprobe]` have in common.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Licence, Site};
use crate::errors::Errors;
use crate::syntax::Text;
use crate::syntax::args::Key;
use crate::tokens::c_str;

/// What both ask of the licence.
pub const fn licence(exports: &'static str) -> Licence {
    Licence::Gpl {
        exports,
        objects: "probes",
    }
}

/// The key for the function.
pub const SYMBOL: Key = Key {
    name: "symbol",
    example: "symbol = \"do_sys_openat2\"",
    meaning: "the function, by its name in `/proc/kallsyms`; of a module's, `\"module:function\"`",
    default: "must be given",
    also: &["symbol_name", "function", "name", "func"],
};

/// The longest name that the kernel looks for.
const NAME_MAX: usize = 127;

/// Whether a character may stand in a name: compilers add what begins with a dot.
fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

/// The rules of a function's name.
pub fn check(symbol: &Text, errors: &mut Errors) {
    let Text { value, span } = symbol;
    let name = match value.split_once(':') {
        Some((_, name)) => name,
        None => value,
    };
    let plain: String = name.chars().take_while(|c| is_of_a_name(*c)).collect();
    let (rule, help) = if value.is_empty() || name.is_empty() {
        (
            "a probe has a function".to_owned(),
            "write `symbol = \"do_sys_openat2\"`".to_owned(),
        )
    } else if name.contains('+') && !plain.is_empty() {
        (
            "a probe stands at the beginning of a function: elsewhere, there are no arguments"
                .to_owned(),
            format!("write `\"{plain}\"`"),
        )
    } else if let Some(called) = name.strip_suffix("()") {
        (
            "a function's name is that of `/proc/kallsyms`".to_owned(),
            format!("write `\"{called}\"`"),
        )
    } else if name.starts_with("0x") {
        (
            "a function is probed by its name: its address is another one at each boot".to_owned(),
            "write its name of `/proc/kallsyms`".to_owned(),
        )
    } else if value.contains(|c| c != ':' && !is_of_a_name(c))
        || value.matches(':').count() > 1
        || value.starts_with(':')
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        (
            "a function's name is made of letters, digits, `_` and `.`".to_owned(),
            "write its name of `/proc/kallsyms`".to_owned(),
        )
    } else if value.len() > NAME_MAX {
        (
            format!("the kernel knows no function by more than {NAME_MAX} characters"),
            "write its name of `/proc/kallsyms`".to_owned(),
        )
    } else {
        return;
    };
    errors.at(*span, rule, help);
}

/// What both say of their field.
pub fn symbol(symbol: &Text, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        ..
    } = site;
    let symbol = c_str(&symbol.value);
    quote! {
        #(#cfgs)*
        impl #private::ProbeSymbol for #marker {
            const SYMBOL: &'static ::core::ffi::CStr = #symbol;
        }
    }
}
