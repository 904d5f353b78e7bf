// SPDX-License-Identifier: GPL-2.0-only
//! The rules of a map of registers; those that ask for a type's size, the compiler checks.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::Fields;

use super::{Access, Register, Registers};
use crate::case;
use crate::errors::{Errors, closest};
use crate::syntax::Number;

/// The most bytes that a map can have.
const SIZE_MAX: u128 = 1 << 31;

/// Applies the rules.
pub fn check(map: &mut Registers, errors: &mut Errors) {
    let before = errors.count();
    count_bytes(map);
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
    // No constant is two registers, nor a register and what one holds after a reset.
    let mut names: HashMap<String, &Ident> = HashMap::new();
    for register in &map.registers {
        let name = case::screaming(&register.ident);
        let reset = register.reset.as_ref().map(|_| reset_name(&register.ident));
        for name in std::iter::once(name).chain(reset) {
            if let Some(other) = names.insert(name, &register.ident)
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
    for index in 0..map.registers.len() {
        check_place(&map.registers, index, errors);
    }
    map.registers.iter_mut().for_each(drop_misplaced);
}

/// From here on all places are in bytes.
fn count_bytes(map: &mut Registers) {
    let unit = map.unit();
    let places = map.registers.iter_mut();
    let places = places.flat_map(|one| std::iter::once(&mut one.offset).chain(&mut one.stride));
    for place in places.chain(&mut map.size) {
        place.value = place.value.saturating_mul(unit);
    }
}

/// The rules of the keys of a register's place.
fn check_place(registers: &[Register], index: usize, errors: &mut Errors) {
    let register = &registers[index];
    if let Some(stride) = &register.stride {
        if register.count.is_none() {
            errors.at(
                stride.span,
                format!("`{}` is no array, so there is no next one", register.ident),
                "leave `stride` out, or write how many there are: `[u32; 4]`",
            );
        } else if !(1..=SIZE_MAX).contains(&stride.value) {
            errors.at(
                stride.span,
                "a register is from 1 to 0x80000000 bytes from the one before",
                "write how many bytes it is from one to the next",
            );
        }
    }
    if let Some(reset) = &register.reset {
        if u64::try_from(reset.value).is_err() {
            errors.at(
                reset.span,
                "a register has 64 bits at most",
                "write what it holds after a reset",
            );
        } else if register.access == Access::Rc || register.access == Access::W1c {
            errors.at(
                reset.span,
                format!(
                    "`{}` is never written with a value of its own",
                    register.ident
                ),
                "leave `reset` out",
            );
        }
    }
    let changes = matches!(register.access, Access::Rc | Access::W1c);
    if let Some(volatile) = register.volatile.filter(|_| changes) {
        errors.at(
            volatile.span,
            format!("`{}` changes by itself: the device sets it", register.ident),
            "leave `volatile` out",
        );
    }
    let Some(alias) = &register.alias else {
        return;
    };
    let mut others = registers
        .iter()
        .filter(|other| other.ident != register.ident);
    if !others.any(|other| other.ident == *alias) {
        let names: Vec<String> = registers
            .iter()
            .map(|other| other.ident.to_string())
            .collect();
        let names = names
            .iter()
            .map(String::as_str)
            .filter(|name| register.ident != name);
        errors.at(
            alias.span(),
            format!("the map has no other register `{alias}`"),
            match closest(&alias.to_string(), names) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "write the name of the register in whose place this one is, too".to_owned(),
            },
        );
    }
}

/// What was refused is not expanded.
fn drop_misplaced(register: &mut Register) {
    let none = |stride: &Number| !(1..=SIZE_MAX).contains(&stride.value);
    if register.count.is_none() || register.stride.as_ref().is_some_and(none) {
        register.stride = None;
    }
    if register
        .reset
        .as_ref()
        .is_some_and(|reset| u64::try_from(reset.value).is_err())
    {
        register.reset = None;
    }
}

/// The name of the constant for what a register holds after a reset.
pub fn reset_name(register: &Ident) -> String {
    format!("{}_RESET", case::screaming(register))
}
