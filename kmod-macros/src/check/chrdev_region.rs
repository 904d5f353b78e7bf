// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region]`

use super::chrdev;
use crate::errors::Errors;
use crate::kernel_module::Field;
use crate::model::ChrdevRegion;
use crate::rules::names;

/// Applies the rules.
pub fn check(region: &ChrdevRegion, _field: &Field, errors: &mut Errors) {
    names::chrdev_region(&region.name, errors);
    chrdev::numbers(&region.numbers, errors);
}
