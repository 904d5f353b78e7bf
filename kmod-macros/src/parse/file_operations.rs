// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations] impl FileOperations for …`

use proc_macro2::TokenStream;
use syn::ItemImpl;

use crate::errors::Errors;
use crate::model::FileOperations;

/// Reads the attribute, which has no keys, and the `impl` under it.
pub fn parse(args: TokenStream, item: ItemImpl, errors: &mut Errors) -> FileOperations {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[file_operations]` has no keys",
            "write `#[file_operations]`; a device's keys stand in `#[chrdev(…)]` on its field",
        );
    }
    FileOperations {
        item,
        misplaced: false,
    }
}
