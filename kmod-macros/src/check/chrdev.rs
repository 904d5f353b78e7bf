// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use std::collections::HashMap;

use crate::errors::Errors;
use crate::kernel_module::Field;
use crate::model::{Chrdev, Numbers};
use crate::objects::Object;
use crate::rules::{names, perm};
use crate::syntax::Number;

/// How many minors a major has: 20 bits of a `dev_t`.
const MINORS: u128 = 1 << 20;

/// The greatest major number, `CHRDEV_MAJOR_MAX` less one.
const MAJOR_MAX: u128 = 511;

/// The major number of misc devices.
const MISC_MAJOR: u128 = 10;

/// Applies the rules.
pub fn check(chrdev: &Chrdev, _field: &Field, errors: &mut Errors) {
    names::chrdev(&chrdev.name, errors);
    if let Some(class) = &chrdev.class {
        names::class(class, errors);
    }
    if let Some(nodename) = &chrdev.nodename {
        let several = chrdev.numbers.several();
        names::node(nodename, Some(several), errors);
    }
    if let Some(mode) = &chrdev.mode {
        perm::device(mode, errors);
    }
    numbers(&chrdev.numbers, errors);
}

/// Notes which devices have a class that another one has, too.
pub fn share_classes(fields: &mut [Field]) {
    let mut users = HashMap::<_, u32>::new();
    for chrdev in chrdevs(fields) {
        *users.entry(chrdev.class_name().to_owned()).or_default() += 1;
    }
    for chrdev in chrdevs(fields) {
        chrdev.shares_class = users[chrdev.class_name()] > 1;
    }
}

fn chrdevs(fields: &mut [Field]) -> impl Iterator<Item = &mut Chrdev> {
    fields
        .iter_mut()
        .filter_map(|field| match &mut field.object {
            Some(Object::Chrdev(chrdev)) => Some(chrdev),
            _ => None,
        })
}

impl Numbers {
    /// Whether there is more than one minor.
    pub fn several(&self) -> bool {
        self.minors.as_ref().is_some_and(|minors| minors.value > 1)
    }
}

/// Numbers that the kernel has.
pub fn numbers(numbers: &Numbers, errors: &mut Errors) {
    if let Some(number) = &numbers.major {
        major(number, errors);
    }
    if let Some(number) = &numbers.minors {
        minors(number, errors);
    }
    let count = numbers.minors.as_ref().map_or(1, |minors| minors.value);
    if let Some(first) = &numbers.first_minor
        && count <= MINORS
        && first.value > MINORS - count
    {
        errors.at(
            first.span,
            format!("a major has {MINORS} minors, from 0 on"),
            format!("write `first_minor = {}` or less", MINORS - count),
        );
    }
}

fn major(number: &Number, errors: &mut Errors) {
    if number.value == 0 {
        errors.at(
            number.span,
            "a major number of 0 stands for one that is free",
            "leave the key out",
        );
    } else if number.value == MISC_MAJOR {
        errors.at(
            number.span,
            format!("{MISC_MAJOR} is the major number of all misc devices"),
            "write `#[misc(minor = …)]` instead of `#[chrdev(…)]`",
        );
    } else if number.value > MAJOR_MAX {
        errors.at(
            number.span,
            format!("a major number is at most {MAJOR_MAX}"),
            "leave the key out: the kernel finds one that is free",
        );
    }
}

/// A device has at least one minor, and at most all of a major.
fn minors(number: &Number, errors: &mut Errors) {
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
