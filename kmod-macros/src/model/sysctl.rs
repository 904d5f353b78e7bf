// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use super::{Number, Range, Text};

/// A field under `#[sysctl]`.
#[derive(Debug)]
pub struct Sysctl {
    /// `path`.
    pub path: Text,
    /// `mode`.
    pub mode: Option<Number>,
    /// `range`.
    pub range: Option<Box<Range>>,
}
