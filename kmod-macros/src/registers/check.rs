// SPDX-License-Identifier: GPL-2.0-only
//! The rules of a map of registers; those that ask for a type's size, the compiler checks.

use std::collections::HashMap;

use syn::Fields;

use super::Registers;
use crate::case;
use crate::errors::Errors;

/// The most bytes that a map can have.
const SIZE_MAX: u128 = 1 << 31;

/// Applies the rules.
pub fn check(map: &mut Registers, errors: &mut Errors) {
    let before = errors.count();
    let item = &map.item;
    for param in &item.generics.params {
        errors.on(
            param,
            "a map of registers is not generic",
            "write the type that the parameter stands for",
        );
    }
    if let Fields::Unnamed(fields) = &item.fields {
        errors.on(
            fields,
            "registers have names",
            format!("write `struct {} {{ #[rw(0x00)] name: u32 }}`", item.ident),
        );
    }
    map.misshapen = errors.count() != before;
    if let Some(size) = &map.size
        && !(1..=SIZE_MAX).contains(&size.value)
    {
        errors.at(
            size.span,
            "a map of registers has from 1 to 0x80000000 bytes",
            "write how many bytes the device's registers take",
        );
        map.size = None;
    }
    let mut names = HashMap::new();
    for register in &map.registers {
        if let Some(other) = names.insert(case::screaming(&register.ident), &register.ident)
            && *other != register.ident
        {
            errors.at(
                register.ident.span(),
                format!(
                    "registers `{other}` and `{}` would be one constant",
                    register.ident
                ),
                "give them different names",
            );
            map.misshapen = true;
        }
    }
}
