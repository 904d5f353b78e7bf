// SPDX-License-Identifier: GPL-2.0-only
//! What stands in an attribute's parentheses: `key = value, key = value, …`.
//!
//! A mistake in one entry leaves the others readable.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::errors::{Errors, closest, listed};

/// A key that an attribute has, with all that the parser, the messages and the documentation say.
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub example: &'static str,
    /// What it stands for, in Markdown.
    pub meaning: &'static str,
    /// What holds when it is left out, in Markdown.
    pub default: &'static str,
    /// Other words for it, from other tools, that are not accepted but understood.
    pub also: &'static [&'static str],
}

/// An attribute's entries.
pub struct Args {
    /// The attribute's name.
    pub attribute: &'static str,
    /// Where a key that is missing would be missed.
    pub span: Span,
    /// The attribute's name and its keys as the user wrote them.
    pub written: Vec<Ident>,
    entries: Vec<Entry>,
    seen: Vec<String>,
}

/// One entry.
pub struct Entry {
    /// The key.
    pub key: Ident,
    /// How the key is to be written.
    pub example: &'static str,
    /// What it was given.
    pub value: Value,
}

/// What stands after a key.
pub enum Value {
    /// `= tokens`
    Is(TokenStream),
    /// `(tokens)`
    List(Group),
    /// Nothing: the key is a word of its own.
    Alone,
}

impl Args {
    /// Splits the entries and looks at their keys.
    pub fn parse(
        attribute: &'static str,
        span: Span,
        tokens: TokenStream,
        keys: &[Key],
        errors: &mut Errors,
    ) -> Self {
        let mut args = Self {
            attribute,
            span,
            written: vec![Ident::new(attribute, span)],
            entries: Vec::new(),
            seen: Vec::new(),
        };
        for part in split_at_commas(tokens, errors) {
            for part in split_at_missing_commas(part, keys, errors) {
                args.entry(&part, keys, errors);
            }
        }
        args
    }

    /// Takes an entry out.
    pub fn take(&mut self, key: &str) -> Option<Entry> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }

    /// Reports that a key is missing, unless it was there but could not be read.
    pub fn missing(&self, key: &Key, errors: &mut Errors) {
        if !self.seen.iter().any(|seen| seen == key.name) {
            errors.at(
                self.span,
                format!("`#[{}]` has no `{}`", self.attribute, key.name),
                format!("add `{}`", key.example),
            );
        }
    }

    /// Reports that none of the keys is there, of which one must be, unless one could not be read.
    pub fn one_of(&self, keys: &[Key], errors: &mut Errors) {
        if self.seen.is_empty() {
            let names = listed(keys.iter().map(|key| key.name));
            errors.at(
                self.span,
                format!("`#[{}]` says nothing", self.attribute),
                format!("add one of {names}"),
            );
        }
    }

    fn entry(&mut self, part: &[TokenTree], keys: &[Key], errors: &mut Errors) {
        let Some(key) = self.key(part, keys, errors) else {
            return;
        };
        let name = key.to_string();
        if self.seen.contains(&name) {
            errors.at(
                key.span(),
                format!("`{name}` is given twice"),
                "leave one of them out",
            );
            return;
        }
        self.seen.push(name.clone());
        let Some(known) = keys.iter().find(|known| known.name == name) else {
            return;
        };
        self.written.push(key.clone());
        if let Some(value) = value(&key, &part[1..], known, errors) {
            self.entries.push(Entry {
                key,
                example: known.example,
                value,
            });
        }
    }

    /// The key at the start of an entry, if it is one that the attribute has.
    fn key(&mut self, part: &[TokenTree], keys: &[Key], errors: &mut Errors) -> Option<Ident> {
        let key = match part.first()? {
            TokenTree::Ident(key) => key.clone(),
            other => {
                errors.at(
                    other.span(),
                    format!("`#[{}]` takes keys with values", self.attribute),
                    help_keys(self.attribute, keys),
                );
                return None;
            }
        };
        let name = key.to_string();
        if keys.iter().any(|known| known.name == name) {
            return Some(key);
        }
        let meant = keys
            .iter()
            .find(|known| known.also.contains(&name.as_str()))
            .map(|known| known.name)
            .or_else(|| closest(&name, keys.iter().map(|known| known.name)));
        match meant {
            Some(meant) => {
                errors.at(
                    key.span(),
                    format!("`#[{}]` has no key `{name}`", self.attribute),
                    format!("did you mean `{meant}`?"),
                );
                // The key that was meant is not reported as missing besides.
                self.seen.push(meant.to_owned());
            }
            None => errors.at(
                key.span(),
                format!("`#[{}]` has no key `{name}`", self.attribute),
                help_keys(self.attribute, keys),
            ),
        }
        None
    }
}

fn help_keys(attribute: &str, keys: &[Key]) -> String {
    match keys {
        [] => format!("`#[{attribute}]` has no keys"),
        [only] => format!("its key is `{}`", only.name),
        _ => format!("its keys are {}", listed(keys.iter().map(|key| key.name))),
    }
}

fn value(key: &Ident, rest: &[TokenTree], known: &Key, errors: &mut Errors) -> Option<Value> {
    let list = known.example.ends_with(')');
    let alone = known.example == known.name;
    let write = format!("write `{}`", known.example);
    match rest {
        [] if alone => Some(Value::Alone),
        [other, ..] if alone => {
            errors.at(other.span(), format!("`{key}` is a word of its own"), write);
            None
        }
        [TokenTree::Group(group)] if list && group.delimiter() == Delimiter::Parenthesis => {
            Some(Value::List(group.clone()))
        }
        [TokenTree::Punct(equals), value @ ..] if !list && equals.as_char() == '=' => {
            if value.is_empty() {
                errors.at(key.span(), format!("`{key}` has no value"), write);
                return None;
            }
            Some(Value::Is(value.iter().cloned().collect()))
        }
        [] => {
            errors.at(key.span(), format!("`{key}` has no value"), write);
            None
        }
        [other, ..] => {
            let form = if list {
                "a list in parentheses"
            } else {
                "`=` and a value"
            };
            errors.at(other.span(), format!("after `{key}` comes {form}"), write);
            None
        }
    }
}

/// The token trees between the commas; a comma at the end is allowed.
pub fn split_at_commas(tokens: TokenStream, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                if part.is_empty() {
                    errors.at(
                        punct.span(),
                        "nothing stands before this comma",
                        "leave the comma out",
                    );
                } else {
                    parts.push(std::mem::take(&mut part));
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                errors.at(
                    punct.span(),
                    "between two entries stands a comma",
                    "write `,` for `;`",
                );
                if !part.is_empty() {
                    parts.push(std::mem::take(&mut part));
                }
            }
            _ => part.push(token),
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Splits before a known key that follows a value without a comma.
fn split_at_missing_commas(
    part: Vec<TokenTree>,
    keys: &[Key],
    errors: &mut Errors,
) -> Vec<Vec<TokenTree>> {
    let starts_entry = |index: usize| {
        let TokenTree::Ident(ident) = &part[index] else {
            return false;
        };
        let follows = match part.get(index + 1) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == '=',
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            _ => false,
        };
        follows && keys.iter().any(|key| ident == key.name)
    };
    // An entry has at least a key, a sign and a value; a list has one token less.
    let starts: Vec<usize> = (2..part.len())
        .filter(|index| starts_entry(*index))
        .collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for start in starts {
        errors.at(
            part[start].span(),
            format!("there is no comma before `{}`", part[start]),
            "put a comma between two entries",
        );
        parts.push(part[from..start].to_vec());
        from = start;
    }
    parts.push(part[from..].to_vec());
    parts
}
