// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers, and the name that they have in `/proc/devices`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::errors::Errors;
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};

/// How many minors a major has: 20 bits of a `dev_t`.
const MINORS_MAX: u128 = 1 << 20;

/// The greatest major number, `CHRDEV_MAJOR_MAX` less one.
const MAJOR_MAX: u128 = 511;

/// The major number of misc devices.
const MISC_MAJOR: u128 = 10;

/// The length of `char_device_struct.name`, less the NUL.
const NAME_MAX: usize = 63;

pub const MAJOR: Key = Key {
    name: "major",
    example: "major = 240",
    meaning: "the major number",
    default: "one that is free",
    also: &[],
};
pub const FIRST_MINOR: Key = Key {
    name: "first_minor",
    example: "first_minor = 64",
    meaning: "the first minor number",
    default: "0",
    also: &["minor", "baseminor", "minor_start"],
};
pub const MINORS: Key = Key {
    name: "minors",
    example: "minors = 4",
    meaning: "how many minors",
    default: "1",
    also: &["count", "devices"],
};

/// Device numbers, as far as they were given.
pub struct Numbers {
    major: Option<Number>,
    first_minor: Option<Number>,
    minors: Option<Number>,
}

impl Numbers {
    /// Reads the entries.
    pub fn parse(args: &mut Args, errors: &mut Errors) -> Self {
        Self {
            major: args.number("major", errors),
            first_minor: args.number("first_minor", errors),
            minors: args.number("minors", errors),
        }
    }

    /// Whether there is more than one minor.
    pub fn several(&self) -> bool {
        self.minors.as_ref().is_some_and(|minors| minors.value > 1)
    }

    /// They are numbers that the kernel has.
    pub fn check(&self, errors: &mut Errors) {
        if let Some(number) = &self.major {
            major(number, errors);
        }
        if let Some(number) = &self.minors {
            minors(number, errors);
        }
        let count = self.minors.as_ref().map_or(1, |minors| minors.value);
        if let Some(first) = &self.first_minor
            && count <= MINORS_MAX
            && first.value > MINORS_MAX - count
        {
            errors.at(
                first.span,
                format!("a major has {MINORS_MAX} minors, from 0 on"),
                format!("write `first_minor = {}` or less", MINORS_MAX - count),
            );
        }
    }

    /// The constants of those that the attribute names.
    pub fn expand(&self) -> TokenStream {
        let named = [
            ("MAJOR", &self.major),
            ("FIRST_MINOR", &self.first_minor),
            ("MINORS", &self.minors),
        ];
        let consts = named.into_iter().filter_map(|(name, number)| {
            let name = format_ident!("{name}");
            let value = Literal::u128_unsuffixed(number.as_ref()?.value);
            Some(quote!(const #name: ::core::primitive::u32 = #value;))
        });
        consts.collect()
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
    } else if number.value > MINORS_MAX {
        errors.at(
            number.span,
            format!("a major has {MINORS_MAX} minors, from 0 on"),
            format!("write `minors = {MINORS_MAX}` or less"),
        );
    }
}

/// The rules of a name in `/proc/devices`.
pub fn name(name: &Text, folder: Folder, errors: &mut Errors) {
    let before = errors.count();
    names::word("device", name, folder, errors);
    if errors.count() == before && name.value.len() > NAME_MAX {
        errors.at(
            name.span,
            format!(
                "a device's name has at most {NAME_MAX} characters, this one has {}",
                name.value.len()
            ),
            "shorten it: `/proc/devices` would show only a part of it",
        );
    }
}
