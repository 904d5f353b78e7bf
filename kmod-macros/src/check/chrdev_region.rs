// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region]`

use super::{chrdev, names};
use crate::errors::Errors;
use crate::model::{ChrdevRegion, Field};

/// Applies the rules.
pub fn check(region: &ChrdevRegion, _field: &Field, errors: &mut Errors) {
    names::chrdev_region(&region.name, errors);
    chrdev::numbers(&region.numbers, errors);
}
