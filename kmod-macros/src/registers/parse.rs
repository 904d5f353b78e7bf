// SPDX-License-Identifier: GPL-2.0-only
//! `#[registers(size = 0x100, endian = big)] struct … { #[rw(0x00)] name: u32, … }`

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Field, ItemStruct, Type};

use super::{Access, Register, Registers, Truth, WORDS, nowhere, number};
use crate::errors::{Errors, closest};
use crate::syntax::Number;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::attribute_args;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "size",
        example: "size = 0x100",
        meaning: "how many bytes the registers take: what is mapped has as many, or more",
        default: "must be given",
        also: &["len", "length", "bytes"],
    },
    Key {
        name: "endian",
        example: "endian = big",
        meaning: "`little` or `big`",
        default: "`little`, as nearly all devices are",
        also: &["endianness", "byte_order"],
    },
    Key {
        name: "word",
        example: "word = u16",
        meaning: "that all are a `u8`, `u16`, `u32` or `u64`, and that `size`, offsets and strides are numbers of registers, \
                  as chips on I2C and SPI have them",
        default: "they are bytes",
        also: &["width", "unit", "val_bits"],
    },
];

/// The keys of a register's place, after its offset. In `kmod_core::__private::keys` they are those of `rw`.
pub const PLACE_KEYS: &[Key] = &[
    Key {
        name: "stride",
        example: "stride = 0x10",
        meaning: "of an array: how many bytes it is from one to the next",
        default: "they follow each other without a gap",
        also: &["step", "increment", "every"],
    },
    Key {
        name: "alias",
        example: "alias = other",
        meaning: "the register in whose place this one is, too, as something else",
        default: "no two registers overlap",
        also: &["overlaps", "alias_of", "same_as"],
    },
    Key {
        name: "reset",
        example: "reset = 0x01",
        meaning: "what it holds after a reset: the constant `NAME_RESET` of its type",
        default: "there is no such constant",
        also: &["default", "reset_value", "initial"],
    },
    Key {
        name: "volatile",
        example: "volatile = true",
        meaning: "whether it changes by itself, or does something when it is written, so that a [`Regmap`](regmap.md) does \
                  not cache it",
        default: "`false` of `rw`, else `true`",
        also: &["uncached", "changing"],
    },
];

/// Reads the attribute and the struct under it.
pub fn parse(tokens: TokenStream, mut item: ItemStruct, errors: &mut Errors) -> Registers {
    let mut args = Args::parse("registers", item.ident.span(), tokens, KEYS, errors);
    let size = args.number("size", errors);
    if size.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let endian = args.word("endian", &["little", "big"], errors);
    let word = args.word("word", &WORDS, errors);
    let registers = item
        .fields
        .iter_mut()
        .filter_map(|field| register(field, errors));
    Registers {
        registers: registers.collect(),
        item,
        size,
        endian,
        word,
        written: args.written,
        misshapen: false,
    }
}

fn register(field: &mut Field, errors: &mut Errors) -> Option<Register> {
    // A tuple struct is refused as a whole.
    let ident = field.ident.clone()?;
    let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut field.attrs)
        .into_iter()
        .partition(|attribute| meant(attribute).is_some());
    let mut placed = None;
    for (index, attribute) in ours.iter().enumerate() {
        if index > 0 {
            errors.on(
                attribute,
                format!("register `{ident}` has its place already"),
                "leave one of them out; `rw` is both ways",
            );
            continue;
        }
        let access = meant(attribute)?;
        placed = Some((access, place(attribute, access, errors)?));
    }
    if ours.is_empty() {
        errors.at(
            ident.span(),
            format!("register `{ident}` has no place"),
            "write `#[ro(0x00)]`, `#[wo(0x00)]` or `#[rw(0x00)]` above it, with its offset in bytes",
        );
    }
    let (access, place) = placed?;
    let (ty, count) = match &field.ty {
        Type::Array(array) => ((*array.elem).clone(), Some(array.len.clone())),
        ty => (ty.clone(), None),
    };
    Some(Register {
        ident,
        vis: field.vis.clone(),
        attributes: others,
        access,
        offset: place.offset,
        ty,
        count,
        stride: place.stride,
        reset: place.reset,
        alias: place.alias,
        volatile: place.volatile,
        written: place.written,
    })
}

/// Which way an attribute says that a register goes, or was meant to.
fn meant(attribute: &Attribute) -> Option<Access> {
    let name = attribute.path().get_ident()?.to_string();
    let name = match name.to_lowercase().as_str() {
        "reg" | "register" | "wr" => "rw".to_owned(),
        "r" | "read" | "read_only" => "ro".to_owned(),
        "w" | "write" | "write_only" => "wo".to_owned(),
        "read_to_clear" | "read_clear" | "cor" => "rc".to_owned(),
        "write_one_to_clear" | "rw1c" | "woc" => "w1c".to_owned(),
        name => name.to_owned(),
    };
    let mut all = Access::ALL.into_iter();
    all.find_map(|(access, other, _)| (name == other).then_some(access))
}

/// What stands in its parentheses.
struct Place {
    offset: Number,
    stride: Option<Number>,
    reset: Option<Number>,
    alias: Option<Ident>,
    volatile: Option<Truth>,
    written: Vec<Ident>,
}

/// Reads that.
fn place(attribute: &Attribute, access: Access, errors: &mut Errors) -> Option<Place> {
    let name = access.attribute();
    if !attribute.path().is_ident(name) {
        errors.on(
            attribute.path(),
            format!(
                "there is no access `{}`",
                attribute.path().to_token_stream()
            ),
            match closest(name, Access::ALL.map(|(_, name, _)| name)) {
                Some(name) => format!("did you mean `#[{name}(…)]`?"),
                None => "write `#[ro(…)]`, `#[wo(…)]` or `#[rw(…)]`".to_owned(),
            },
        );
        return None;
    }
    let before = errors.count();
    let tokens = attribute_args(attribute, errors);
    if errors.count() != before {
        return None;
    }
    // The offset, and after a comma the keys.
    let is_comma =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut rest = tokens.clone().into_iter();
    let first: TokenStream = rest.by_ref().take_while(|tree| !is_comma(tree)).collect();
    let rest: TokenStream = rest.collect();
    let offset = syn::parse2::<Expr>(first.clone()).ok();
    let offset = offset.as_ref().and_then(number);
    let offset = offset.filter(|offset| u32::try_from(offset.value).is_ok());
    if offset.is_none() {
        let rule = "a register's place is its offset in bytes, written out";
        let help = format!("write `#[{name}(0x00)]`");
        match first.is_empty() {
            true => errors.on(attribute, rule, help),
            false => errors.on(first, rule, help),
        }
    }
    let keys = match access {
        Access::Block => &PLACE_KEYS[..2],
        _ => PLACE_KEYS,
    };
    let mut args = Args::parse(name, attribute.path().span(), rest, keys, errors);
    if let Some(attribute) = args.written.first_mut() {
        *attribute = Ident::new("rw", attribute.span());
    }
    // What else is wrong with it is told, too.
    Some(Place {
        offset: offset.unwrap_or_else(nowhere),
        stride: args.number("stride", errors),
        reset: args.number("reset", errors),
        alias: args.ident("alias", errors),
        volatile: volatile(&mut args, errors),
        written: args.written,
    })
}

/// Reads whether it changes by itself.
fn volatile(args: &mut Args, errors: &mut Errors) -> Option<Truth> {
    let mut written = args.written.iter();
    let span = written.find(|key| *key == "volatile").map(Ident::span);
    let value = args.truth("volatile", errors)?;
    Some(Truth { value, span: span? })
}
