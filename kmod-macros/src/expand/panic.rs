// SPDX-License-Identifier: GPL-2.0-only
//! The mark of `panic = "forbid"`: a section that cargo-kmod looks for and drops before it links
//! (cargo-kmod/src/object/panics.rs).

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::panic::FORBID;
use crate::model::Module;

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
