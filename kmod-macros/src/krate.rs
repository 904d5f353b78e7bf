// SPDX-License-Identifier: GPL-2.0-only
//! The name under which the user's crate knows `kmod-core`, and whether it is the right one.

use proc_macro_crate::FoundCrate;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// The absolute path of `kmod-core`.
pub fn path() -> TokenStream {
    let name = match proc_macro_crate::crate_name("kmod-core") {
        Ok(FoundCrate::Name(name)) => name,
        // In `kmod-core` itself, and where no manifest is to be found.
        Ok(FoundCrate::Itself) | Err(_) => String::from("kmod_core"),
    };
    let name = Ident::new(&name, Span::call_site());
    quote!(::#name)
}

/// An expansion, and what does not compile where the names that it begins its paths with mean something
/// else: `extern crate other as core;` in the root of the user's crate renames what `::core` is, and
/// with it what the expansion has checked.
///
/// `extern crate core` alone always means the crate itself. Two globs may bring the same thing under
/// one name, but not two things.
pub fn checked(expansion: TokenStream, krate: &TokenStream) -> TokenStream {
    if is_refused(&expansion) {
        return expansion;
    }
    let Some(TokenTree::Ident(name)) = krate.clone().into_iter().last() else {
        return expansion;
    };
    let core = format_ident!("an_extern_crate_item_renames_core");
    let kmod_core = format_ident!("an_extern_crate_item_renames_{name}");
    quote! {
        #expansion
        const _: () = {
            mod crates {
                mod named {
                    pub(super) use ::core as #core;
                    pub(super) use #krate as #kmod_core;
                }
                mod real {
                    pub(super) extern crate core as #core;
                    pub(super) extern crate #name as #kmod_core;
                }
                use self::named::*;
                use self::real::*;
                const _: fn(#core::primitive::bool, #kmod_core::Error) = |_, _| ();
            }
        };
    }
}

/// Whether there is a mistake in it, which is enough to report: it may stand where no item can.
fn is_refused(expansion: &TokenStream) -> bool {
    let mut trees = expansion.clone().into_iter();
    trees.any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "compile_error",
        TokenTree::Group(group) => is_refused(&group.stream()),
        _ => false,
    })
}
