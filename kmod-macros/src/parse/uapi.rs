// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi] struct …`

use proc_macro2::TokenStream;
use syn::ItemStruct;

use crate::errors::Errors;
use crate::model::Uapi;

/// Reads the attribute, which has no keys, and the struct under it.
pub fn parse(args: TokenStream, item: ItemStruct, errors: &mut Errors) -> Uapi {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[uapi]` has no keys",
            "write `#[uapi]`; the struct's name in C is made from its name here",
        );
    }
    Uapi {
        item,
        is_repr_c: false,
        refused: false,
    }
}
