// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use super::{names, perm};
use crate::errors::Errors;
use crate::model::{Chrdev, Field, Number};

/// How many minors a major has: 20 bits of a `dev_t`.
const MINORS: u128 = 1 << 20;

/// Applies the rules.
pub fn check(chrdev: &Chrdev, _field: &Field, errors: &mut Errors) {
    names::chrdev(&chrdev.name, errors);
    if let Some(mode) = &chrdev.mode {
        perm::device(mode, errors);
    }
    if let Some(number) = &chrdev.minors {
        minors(number, errors);
    }
}

/// A device has at least one minor, and at most all of a major.
pub fn minors(number: &Number, errors: &mut Errors) {
    if number.value == 0 {
        errors.at(
            number.span,
            "a device has at least one minor",
            "write `minors = 1`, or leave the key out",
        );
    } else if number.value > MINORS {
        errors.at(
            number.span,
            format!("a major has {MINORS} minors, from 0 on"),
            format!("write `minors = {MINORS}` or less"),
        );
    }
}
