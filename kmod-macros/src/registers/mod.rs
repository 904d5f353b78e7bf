// SPDX-License-Identifier: GPL-2.0-only
//! `#[registers]`: a map of a device's registers; `#[bits]`: the bit fields of one; and
//! `#[derive(BitsEnum)]`: what a bit field can be.

pub mod bits;
pub mod bits_enum;
mod check;
mod expand;
mod parse;

use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr, ItemStruct, Type};

use crate::syntax::{Number, Word};

pub use check::check;
pub use expand::expand;
pub use parse::{KEYS, PLACE_KEYS, parse};

/// A map of registers.
pub struct Registers {
    /// The struct, whose fields are the registers.
    pub item: ItemStruct,
    /// How many bytes they take.
    pub size: Option<Number>,
    /// Whether they are little- or big-endian.
    pub endian: Option<Word>,
    /// As what they are counted, if not as bytes.
    pub word: Option<Word>,
    /// The attribute and its keys, as they were written.
    pub written: Vec<Ident>,
    /// The registers.
    pub registers: Vec<Register>,
    /// It cannot be expanded: only the struct itself is emitted.
    pub misshapen: bool,
}

/// A register, or some that are alike; or a block of registers, or some of these.
pub struct Register {
    /// Its name.
    pub ident: Ident,
    /// The field's visibility.
    pub vis: syn::Visibility,
    /// The field's attributes other than the access.
    pub attributes: Vec<Attribute>,
    /// Which way it goes.
    pub access: Access,
    /// How far into the map it is, in bytes.
    pub offset: Number,
    /// Its type, or that of each of them.
    pub ty: Type,
    /// How many there are, if it is an array.
    pub count: Option<Expr>,
    /// How far it is from one of them to the next, if that was said.
    pub stride: Option<Number>,
    /// What it holds after a reset, if that was said.
    pub reset: Option<Number>,
    /// The register in whose place it is, too.
    pub alias: Option<Ident>,
    /// Whether it changes by itself, if that was said.
    pub volatile: Option<Truth>,
    /// The attribute's keys, as they were written.
    pub written: Vec<Ident>,
}

/// What a key said, and where.
#[derive(Clone, Copy)]
pub struct Truth {
    pub value: bool,
    pub span: Span,
}

impl Registers {
    /// How many bytes one has of what is counted.
    pub fn unit(&self) -> u128 {
        let words = self.word.as_ref().map(|word| word.value);
        words.and_then(word_bytes).unwrap_or(1)
    }
}

/// The words that registers can be counted as.
const WORDS: [&str; 4] = ["u8", "u16", "u32", "u64"];

/// How many bytes one has.
fn word_bytes(word: &str) -> Option<u128> {
    let place = WORDS.iter().position(|other| *other == word)?;
    Some(1 << place)
}

/// Which way a register goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can be read.
    Ro,
    /// It can be written.
    Wo,
    /// Both.
    Rw,
    /// It can be read, which clears it.
    Rc,
    /// It can be read, and a one that is written clears a bit.
    W1c,
    /// It is a map of its own.
    Block,
}

impl Access {
    /// All, with the attribute's name and the type in `kmod_core`.
    pub const ALL: [(Access, &str, &str); 6] = [
        (Access::Ro, "ro", "ReadOnly"),
        (Access::Wo, "wo", "WriteOnly"),
        (Access::Rw, "rw", "ReadWrite"),
        (Access::Rc, "rc", "ReadToClear"),
        (Access::W1c, "w1c", "WriteOneToClear"),
        (Access::Block, "block", "Block"),
    ];

    /// The attribute's name.
    pub fn attribute(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The type in `kmod_core`.
    pub fn ty(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Whether it can be read.
    pub fn reads(self) -> bool {
        self != Access::Wo
    }

    /// Whether it can change without being written, or does something when it is, if nothing else is said.
    pub fn is_volatile(self) -> bool {
        self != Access::Rw
    }

    /// Whether it can be written.
    pub fn writes(self) -> bool {
        !matches!(self, Access::Ro | Access::Rc)
    }
}

/// A number that is written out, as far as one was.
fn number(expr: &Expr) -> Option<Number> {
    let syn::Lit::Int(int) = crate::syntax::forms::literal(expr)? else {
        return None;
    };
    Some(Number {
        value: int.base10_parse().ok()?,
        written: int.token().to_string(),
        span: int.span(),
    })
}

/// Where nothing better is known; nothing is written there.
fn nowhere() -> Number {
    Number {
        value: 0,
        written: String::new(),
        span: Span::call_site(),
    }
}
