// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc]`

use crate::syntax::{Number, Text};

/// A field under `#[misc]`.
#[derive(Debug)]
pub struct Misc {
    /// `name`, or the field's.
    pub name: Text,
    /// `nodename`.
    pub nodename: Option<Text>,
    /// `mode`.
    pub mode: Option<Number>,
    /// `minor`.
    pub minor: Option<Number>,
}
