// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers, and the name that they have in `/proc/devices`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use crate::errors::Errors;
use crate::params::{Param, ParamKind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::int_value;
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
    meaning: "how many minors, or the name of the parameter that says it",
    default: "1",
    also: &["count", "devices"],
};

/// Device numbers, as far as they were given.
pub struct Numbers {
    major: Option<Number>,
    first_minor: Option<Number>,
    minors: Option<Minors>,
}

/// How many minors.
enum Minors {
    Number(Number),
    /// As many as this parameter says.
    Param(Ident),
}

impl Numbers {
    /// Reads the entries.
    pub fn parse(args: &mut Args, errors: &mut Errors) -> Self {
        Self {
            major: args.number("major", errors),
            first_minor: args.number("first_minor", errors),
            minors: args
                .number_or_name("minors", errors)
                .map(|written| written.map_or_else(Minors::Param, Minors::Number)),
        }
    }

    /// Whether there can be more than one minor.
    pub fn several(&self) -> bool {
        match &self.minors {
            Some(Minors::Number(minors)) => minors.value > 1,
            Some(Minors::Param(_)) => true,
            None => false,
        }
    }

    /// Whether a parameter says how many minors there are.
    pub fn counted(&self) -> bool {
        matches!(self.minors, Some(Minors::Param(_)))
    }

    /// They are numbers that the kernel has.
    pub fn check(&self, errors: &mut Errors) {
        if let Some(number) = &self.major {
            major(number, errors);
        }
        let mut count = 1;
        if let Some(Minors::Number(number)) = &self.minors {
            minors(number, errors);
            count = number.value;
        }
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

    /// The parameter that says how many minors there are has as many values as minors can be, and
    /// keeps the one that `insmod` was given.
    pub fn check_params(&self, params: &[Param], errors: &mut Errors) {
        let Some(Minors::Param(name)) = &self.minors else {
            return;
        };
        let first = self.first_minor.as_ref().map_or(0, |first| first.value);
        let most = MINORS_MAX.saturating_sub(first).max(1);
        let Some(param) = params.iter().find(|param| param.ident == *name) else {
            errors.on(
                name,
                format!("the module has no parameter `{name}`"),
                format!(
                    "write `params(/** How many */ #[param(range = 1..=8)] {name}: u32 = 1)` in \
                     `#[kernel_module]`, or the number"
                ),
            );
            return;
        };
        let is_number = matches!(param.kind, Some(ParamKind::Int(_)) | None);
        let end = |end: &Option<Expr>| end.as_ref().and_then(int_value);
        let ends = param
            .range
            .as_ref()
            .map(|range| (end(&range.min), end(&range.max)));
        let help = format!("give the parameter a `#[param(range = 1..=8)]`, of at most {most}");
        match ends {
            _ if !is_number => errors.on(
                name,
                format!("the parameter `{name}` is not a number"),
                "take one of the type `u32`",
            ),
            _ if param.writable() => errors.on(
                name,
                format!("the minors are counted once, and `{name}` can change"),
                "leave the write bits out of its `perm`",
            ),
            Some((Some(1..), Some(max))) if max.unsigned_abs() <= most => {}
            // What its range is not, has been said.
            _ if param.refused => {}
            _ => errors.on(
                name,
                format!(
                    "`{name}` says how many minors there are, at least 1, but has no such range"
                ),
                help,
            ),
        }
    }

    /// The constants of those that the attribute names.
    pub fn expand(&self, private: &TokenStream) -> TokenStream {
        let mut count = None;
        let mut minors = None;
        match &self.minors {
            Some(Minors::Number(number)) => minors = Some(number),
            Some(Minors::Param(name)) => {
                count = Some(quote! {
                    fn minors() -> ::core::primitive::u32 {
                        <<Self as #private::Field>::Instance as #private::ModuleInfo>::params().#name()
                            as ::core::primitive::u32
                    }
                });
            }
            None => {}
        }
        let named = [
            ("MAJOR", self.major.as_ref()),
            ("FIRST_MINOR", self.first_minor.as_ref()),
            ("MINORS", minors),
        ];
        let consts = named.into_iter().filter_map(|(name, number)| {
            let name = format_ident!("{name}");
            let value = Literal::u128_unsuffixed(number?.value);
            Some(quote!(const #name: ::core::primitive::u32 = #value;))
        });
        consts.chain(count).collect()
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
