// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use super::{Number, Text};

/// A field under `#[chrdev]`.
#[derive(Debug)]
pub struct Chrdev {
    /// `name`, or the field's.
    pub name: Text,
    /// `mode`.
    pub mode: Option<Number>,
    /// `minors`.
    pub minors: Option<Number>,
}
