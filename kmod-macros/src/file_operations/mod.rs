// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`: what was written of an `impl`.

pub mod check;
pub mod expand;
pub mod parse;
mod poll;
mod ready_made;

use proc_macro2::{Ident, Span};
use syn::{Expr, ItemImpl};

/// An `impl` under `#[file_operations]`.
pub struct FileOperations {
    /// The `impl`, without what was refused in it.
    pub item: ItemImpl,
    /// The keys: the kernel's own functions and flags.
    pub ready_made: Vec<ReadyMade>,
    /// The attribute and its keys, as they were written.
    pub written: Vec<Ident>,
    /// It is not an `impl` of the trait: only the `impl` itself is emitted.
    pub misplaced: bool,
}

/// What the kernel has for a slot, as in `llseek = fixed_size_llseek(SIZE)`.
pub struct ReadyMade {
    /// The key.
    pub slot: &'static str,
    /// The function or the flag.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What it was given in parentheses.
    pub argument: Option<Expr>,
}
