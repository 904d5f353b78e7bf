// SPDX-License-Identifier: GPL-2.0-only
//! `#[ioctl(magic = b'T')] enum …`, and `#[ior(0x01)]` on its variants.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ItemEnum, Lit, LitStr, Variant};

use super::{Code, Command, Direction, Ioctl};
use crate::errors::{Errors, closest, listed};
use crate::rules::capability::{self, Capability};
use crate::syntax::Number;
use crate::syntax::args::{Args, Key, split_at_commas};
use crate::syntax::forms::{attribute_args, literal, text};

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "magic",
        example: "magic = b'T'",
        meaning: "what tells the commands from other devices', the `type` of C's `_IOC()`: a letter or a number below 256",
        default: "must be given",
        also: &["type", "code"],
    },
    Key {
        name: "prefix",
        example: "prefix = \"TICKET\"",
        meaning: "how the commands' names begin in C, before an underscore",
        default: "the enum's name, `TicketCmd` as `TICKET_CMD`",
        also: &["name"],
    },
];

/// Reads the attribute and the enum under it.
pub fn parse(tokens: TokenStream, mut item: ItemEnum, errors: &mut Errors) -> Ioctl {
    let mut args = Args::parse("ioctl", item.ident.span(), tokens, KEYS, errors);
    let magic = args.magic(errors);
    if magic.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let prefix = args.text("prefix", errors);
    let commands = item
        .variants
        .iter_mut()
        .map(|variant| command(variant, errors))
        .collect();
    Ioctl {
        item,
        magic,
        prefix,
        commands,
        misshapen: false,
    }
}

fn command(variant: &mut Variant, errors: &mut Errors) -> Command {
    let before = errors.count();
    let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut variant.attrs)
        .into_iter()
        .partition(|attribute| meant(attribute).is_some());
    let mut code = None;
    for (index, attribute) in ours.iter().enumerate() {
        if index > 0 {
            errors.on(
                attribute,
                format!("command `{}` has its direction already", variant.ident),
                "leave one of them out; `iowr` is both ways",
            );
            continue;
        }
        code = meant(attribute).and_then(|direction| self::code(attribute, direction, errors));
    }
    if ours.is_empty() {
        let names = Direction::ALL.map(|(_, name, _)| name);
        errors.at(
            variant.ident.span(),
            format!("command `{}` has no direction and number", variant.ident),
            format!(
                "write `#[ior(0x01)]` above it; the directions are {}",
                listed(names)
            ),
        );
    }
    Command {
        ident: variant.ident.clone(),
        attributes: others,
        code,
        fields: variant.fields.clone(),
        refused: errors.count() != before,
        nameless: false,
    }
}

/// Which direction an attribute is, or was meant to be.
fn meant(attribute: &Attribute) -> Option<Direction> {
    let name = attribute.path().get_ident()?.to_string();
    // Reads and writes are said in either order.
    let name = match name.to_lowercase().as_str() {
        "iorw" | "_iorw" => "iowr".to_owned(),
        name => name.to_owned(),
    };
    let found = closest(&name, Direction::ALL.map(|(_, name, _)| name))?;
    let all = Direction::ALL.into_iter();
    all.map(|(direction, name, _)| (direction, name))
        .find_map(|(direction, name)| (name == found).then_some(direction))
}

/// What stands in a direction's parentheses.
fn code(attribute: &Attribute, direction: Direction, errors: &mut Errors) -> Option<Code> {
    let name = direction.attribute();
    if !attribute.path().is_ident(name) {
        errors.on(
            attribute.path(),
            format!(
                "there is no direction `{}`",
                attribute.path().to_token_stream()
            ),
            format!("did you mean `#[{name}(…)]`?"),
        );
        return None;
    }
    let write = format!("write `#[{name}(0x01)]`");
    let before = errors.count();
    let parts = split_at_commas(attribute_args(attribute, errors), errors);
    if errors.count() != before {
        return None;
    }
    let [first, rest @ ..] = parts.as_slice() else {
        errors.on(
            attribute.path(),
            format!("`#[{name}]` has no number"),
            write,
        );
        return None;
    };
    let tokens: TokenStream = first.iter().cloned().collect();
    let number = syn::parse2::<Expr>(tokens.clone())
        .ok()
        .and_then(|expr| number(&expr));
    let Some(nr) = number else {
        errors.on(
            tokens,
            "a command's number is a number from 0 to 255, written out",
            write,
        );
        return None;
    };
    let mut returns = None;
    let mut capability = None;
    for part in rest {
        match part.as_slice() {
            [TokenTree::Ident(word)] if word == "returns" && returns.is_none() => {
                returns = Some(word.span());
            }
            [TokenTree::Ident(word), TokenTree::Punct(equals), value @ ..]
                if word == "capability" && equals.as_char() == '=' && capability.is_none() =>
            {
                capability = Some(self::capability(word, value, errors));
            }
            part => {
                let tokens: TokenStream = part.iter().cloned().collect();
                errors.on(
                    tokens,
                    format!(
                        "after the number in `#[{name}]` comes nothing but `returns` and `capability`"
                    ),
                    "the payload's type stands in the variant's parentheses",
                );
            }
        }
    }
    Some(Code {
        direction,
        span: attribute.path().span(),
        nr,
        returns,
        capability: capability.flatten(),
    })
}

/// What stands after `capability =`.
fn capability(key: &Ident, value: &[TokenTree], errors: &mut Errors) -> Option<Capability> {
    let tokens: TokenStream = value.iter().cloned().collect();
    match syn::parse2::<LitStr>(tokens) {
        Ok(literal) => capability::named(&text(&literal), errors),
        Err(_) => {
            errors.at(
                value.first().map_or(key.span(), TokenTree::span),
                "`capability` takes a string",
                "write `capability = \"CAP_SYS_ADMIN\"`",
            );
            None
        }
    }
}

fn number(expr: &Expr) -> Option<Number> {
    let (value, written) = match literal(expr)? {
        Lit::Int(int) => (int.base10_parse().ok()?, int.token().to_string()),
        Lit::Byte(byte) => (byte.value().into(), byte.token().to_string()),
        _ => return None,
    };
    Some(Number {
        value,
        written,
        span: expr.span(),
    })
}

impl Args {
    /// The magic: a letter, or a number.
    fn magic(&mut self, errors: &mut Errors) -> Option<Number> {
        let (entry, expr) = self.expr("magic", "a letter or a number", errors)?;
        if let Some(magic) = number(&expr) {
            return Some(magic);
        }
        let letter = match literal(&expr) {
            Some(Lit::Char(letter)) => Some(letter.value()),
            Some(Lit::Str(text)) => {
                let mut letters = text.value().chars().collect::<Vec<_>>().into_iter();
                letters.next().filter(|_| letters.next().is_none())
            }
            _ => None,
        };
        match letter.filter(|letter| letter.is_ascii_graphic() && *letter != '\'') {
            Some(letter) => errors.on(
                &expr,
                "`magic` takes a byte",
                format!("write `magic = b'{letter}'`"),
            ),
            None => entry.wrong(&expr, "a letter or a number", errors),
        }
        None
    }
}
