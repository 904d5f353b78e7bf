// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region]`

use super::{Number, Text};

/// A field under `#[chrdev_region]`.
#[derive(Debug)]
pub struct ChrdevRegion {
    /// `name`, or the field's.
    pub name: Text,
    /// `minors`.
    pub minors: Option<Number>,
}
