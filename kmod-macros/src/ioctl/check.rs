// SPDX-License-Identifier: GPL-2.0-only
//! The rules of `#[ioctl]`.

use quote::ToTokens;
use syn::{Fields, Type};

use super::{Code, Command, Direction, Ioctl};
use crate::case;
use crate::errors::Errors;
use crate::rules::shared_type;

/// The largest `type` and `nr` of `_IOC()`.
const MAX: u128 = 255;

/// Applies the rules; what the compiler must compute (sizes, and so whole numbers) it checks
/// itself.
pub fn check(ioctl: &mut Ioctl, errors: &mut Errors) {
    shape(ioctl, errors);
    if let Some(magic) = ioctl.magic.as_ref().filter(|magic| magic.value > MAX) {
        errors.at(
            magic.span,
            format!("`magic` is at most {MAX}: it is a byte of the number"),
            "write a letter, `magic = b'T'` for example",
        );
        ioctl.magic = None;
    }
    if let Some(prefix) = &ioctl.prefix {
        let is_name = prefix
            .value
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && prefix
                .value
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name {
            errors.at(
                prefix.span,
                "`prefix` begins names in C: letters, digits and underscores",
                "write `prefix = \"TICKET\"`",
            );
            ioctl.prefix = None;
        }
    }
    for index in 0..ioctl.commands.len() {
        let (before, rest) = ioctl.commands.split_at_mut(index);
        let command = &mut rest[0];
        let count = errors.count();
        same_name(command, before, errors);
        if command.code.is_some() {
            payload(command, errors);
            number(command, before, errors);
        }
        command.refused |= errors.count() != count;
    }
}

fn shape(ioctl: &mut Ioctl, errors: &mut Errors) {
    let item = &ioctl.item;
    if item.variants.is_empty() {
        errors.at(
            item.ident.span(),
            format!("`{}` has no commands", item.ident),
            "write a variant for each, under `#[ior(0x01)]` or its kin",
        );
    }
    for param in &item.generics.params {
        errors.on(
            param,
            "an enum of ioctl commands is not generic",
            "write the type that the parameter stands for",
        );
        ioctl.misshapen = true;
    }
    for variant in &item.variants {
        if let Some((_, value)) = &variant.discriminant {
            errors.on(
                value,
                "a command's number stands in its direction",
                format!("write `#[ior({})]` above it", value.to_token_stream()),
            );
        }
    }
}

/// What a command carries fits its direction.
fn payload(command: &Command, errors: &mut Errors) {
    let Some(Code {
        direction,
        returns,
        span,
        ..
    }) = &command.code
    else {
        return;
    };
    let ident = &command.ident;
    let attribute = direction.attribute();
    if let Some(returns) = returns
        && matches!(direction, Direction::Ior | Direction::Iowr)
    {
        errors.at(
            *returns,
            format!("what a command of `#[{attribute}]` returns is its payload"),
            "leave `returns` out, and put the number into the payload",
        );
    }
    let fields: Vec<_> = match &command.fields {
        Fields::Named(fields) => {
            errors.on(
                fields,
                "a command's payload is one type in parentheses",
                format!("write a struct under `#[uapi]`, and `{ident}(TheStruct)`"),
            );
            return;
        }
        fields => fields.iter().collect(),
    };
    for attribute in fields.iter().flat_map(|field| &field.attrs) {
        errors.on(
            attribute,
            "a payload has no attributes",
            "leave this out, or put it above the command",
        );
    }
    match (direction, fields.as_slice()) {
        (Direction::Io, []) => {}
        (Direction::Io, [value]) if is_usize(&value.ty) => {}
        (Direction::Io, [value]) => errors.on(
            &value.ty,
            "a command of `#[io]` carries nothing, or the argument itself as `usize`",
            format!("write `{ident}(usize)`, or `#[iow(…)]` for what an address points to"),
        ),
        (_, []) => errors.at(
            *span,
            format!("a command of `#[{attribute}]` has a payload, and `{ident}` has none"),
            format!("write `{ident}(u32)`, or `#[io(…)]`"),
        ),
        (_, [payload]) => {
            shared_type::check(unboxed(&payload.ty), errors);
        }
        (_, [_, second, ..]) => errors.on(
            second,
            "a command's payload is one type",
            "put both into a struct under `#[uapi]`",
        ),
    }
}

fn is_usize(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("usize"))
}

/// What stands in a `KBox`.
fn unboxed(ty: &Type) -> &Type {
    let Type::Path(path) = ty else {
        return ty;
    };
    let Some(last) = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == "KBox")
    else {
        return ty;
    };
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(syn::GenericArgument::Type(inner)) => inner,
            _ => ty,
        },
        _ => ty,
    }
}

/// Numbers fit a byte, and stand for one command each.
fn number(command: &Command, before: &[Command], errors: &mut Errors) {
    let Some(code) = &command.code else {
        return;
    };
    if code.nr.value > MAX {
        errors.at(
            code.nr.span,
            format!("a command's number is at most {MAX}: it is a byte of the whole"),
            "take a number from 0 to 255",
        );
        return;
    }
    let same = before.iter().find(|other| {
        may_be_same(command, other)
            && command.fields == other.fields
            && command.cfgs().eq(other.cfgs())
    });
    if let Some(same) = same {
        errors.at(
            code.nr.span,
            format!(
                "`{}` has the number of `{}`: direction, number and payload are the same",
                command.ident, same.ident
            ),
            "take a number of its own",
        );
    }
}

/// Whether two commands have one whole number if their payloads are of one size.
pub fn may_be_same(one: &Command, other: &Command) -> bool {
    let code = |command: &Command| {
        let code = command.code.as_ref()?;
        Some((code.direction, code.nr.value))
    };
    code(one).is_some() && code(one) == code(other)
}

/// Two commands whose handlers would have one name. Of those of one name in Rust, too, `#[cfg]` may
/// leave one.
fn same_name(command: &mut Command, before: &[Command], errors: &mut Errors) {
    let name = case::snake(&command.ident);
    let same = before.iter().find(|other| {
        let may_exclude = other.ident == command.ident && !other.cfgs().eq(command.cfgs());
        case::snake(&other.ident) == name && !may_exclude
    });
    let Some(same) = same else {
        return;
    };
    let (rule, help) = if same.ident == command.ident {
        (
            format!("there is a command `{}` already", same.ident),
            "leave one of them out, or rename it",
        )
    } else {
        (
            format!(
                "the handlers of `{}` and `{}` would both be `{name}`",
                command.ident, same.ident
            ),
            "take another name",
        )
    };
    errors.at(command.ident.span(), rule, help);
    command.nameless = true;
}
