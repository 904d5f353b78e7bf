// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region]`

use super::Numbers;
use crate::syntax::Text;

/// A field under `#[chrdev_region]`.
#[derive(Debug)]
pub struct ChrdevRegion {
    /// `name`, or the field's.
    pub name: Text,
    /// The numbers.
    pub numbers: Numbers,
}
