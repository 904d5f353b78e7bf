// SPDX-License-Identifier: GPL-2.0-only
//! What the attributes' syntaxes have in common: keys, the forms of values, types, doc comments.

pub mod args;
pub mod docs;
pub mod forms;
pub mod types;
mod values;

pub use values::{Number, Range, Text, Word};
