// SPDX-License-Identifier: GPL-2.0-only
//! What becomes of panics, and the mark of `panic = "forbid"`: a section that cargo-kmod looks for
//! and drops before it links (cargo-kmod/src/object/panics.rs).

use proc_macro2::TokenStream;
use quote::quote;

use super::Module;
use crate::errors::{Errors, closest};
use crate::syntax::Text;

/// The value under which a module that can panic is not built.
pub const FORBID: &str = "forbid";

const VALUES: [&str; 2] = ["bug", FORBID];

/// The value is one that there is.
pub fn check(panic: &Text, errors: &mut Errors) {
    let value = panic.value.as_str();
    if VALUES.contains(&value) {
        return;
    }
    let help = match closest(value, VALUES) {
        Some(meant) => format!("did you mean `\"{meant}\"`?"),
        None if value == "abort" => {
            "write `\"bug\"`: that is how the kernel ends what went wrong".to_owned()
        }
        None => "write `panic = \"forbid\"`, or leave it out".to_owned(),
    };
    errors.at(panic.span, "`panic` takes `\"bug\"` or `\"forbid\"`", help);
}

/// The mark, if the module has it.
pub fn expand(module: &Module) -> Option<TokenStream> {
    let forbidden = module
        .panic
        .as_ref()
        .is_some_and(|panic| panic.value == FORBID);
    // In a block the macro would be a statement, which it cannot be.
    forbidden.then(|| {
        quote! {
            mod panic {
                ::core::arch::global_asm!(
                    ".pushsection .kmod.panic_forbid",
                    ".byte 1",
                    ".popsection",
                );
            }
        }
    })
}
