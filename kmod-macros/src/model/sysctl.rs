// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use syn::ExprPath;

use crate::syntax::{Number, Range, Text, Word};

/// A field under `#[sysctl]`.
#[derive(Debug)]
pub struct Sysctl {
    /// `path`.
    pub path: Text,
    /// `mode`.
    pub mode: Option<Number>,
    /// `range`.
    pub range: Option<Box<Range>>,
    /// `format`.
    pub format: Option<Word>,
    /// `jiffies`.
    pub jiffies: Option<Word>,
    /// `on_change`.
    pub on_change: Option<Box<ExprPath>>,
}
