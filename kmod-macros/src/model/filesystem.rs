// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem]`

use crate::syntax::{Number, Text};

/// A field under `#[filesystem]`.
#[derive(Debug)]
pub struct Filesystem {
    /// `name`, or the field's.
    pub name: Text,
    /// `magic`.
    pub magic: Option<Number>,
}
