// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`

use syn::ItemImpl;

/// An `impl` under `#[file_operations]`.
pub struct FileOperations {
    /// The `impl`, without what was refused in it.
    pub item: ItemImpl,
    /// It is not an `impl` of the trait: only the `impl` itself is emitted.
    pub misplaced: bool,
}
