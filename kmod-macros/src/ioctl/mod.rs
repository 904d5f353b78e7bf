// SPDX-License-Identifier: GPL-2.0-only
//! `#[ioctl]`: what was written of an enum of commands.

pub mod check;
pub mod expand;
pub mod parse;

use proc_macro2::{Ident, Span};
use syn::{Attribute, Fields, ItemEnum};

use crate::rules::capability::Capability;
use crate::syntax::{Number, Text};

/// The commands of a device.
pub struct Ioctl {
    /// The enum, without its variants' attributes.
    pub item: ItemEnum,
    /// What tells its numbers from those of other devices.
    pub magic: Option<Number>,
    /// How the names of its numbers in C begin.
    pub prefix: Option<Text>,
    /// The commands.
    pub commands: Vec<Command>,
    /// It cannot be expanded: only the enum itself is emitted.
    pub misshapen: bool,
}

/// One command.
pub struct Command {
    /// The variant's name.
    pub ident: Ident,
    /// Its attributes other than the direction.
    pub attributes: Vec<Attribute>,
    /// The direction and number, if they could be read.
    pub code: Option<Code>,
    /// What stands in its parentheses.
    pub fields: Fields,
    /// It breaks a rule: nothing calls its handler.
    pub refused: bool,
    /// The name of its handler is another command's.
    pub nameless: bool,
}

impl Command {
    /// The `#[cfg]`s that keep it or leave it out.
    pub fn cfgs(&self) -> impl Iterator<Item = &Attribute> {
        let attributes = self.attributes.iter();
        attributes.filter(|attribute| attribute.path().is_ident("cfg"))
    }
}

/// What stands in a command's attribute.
pub struct Code {
    /// Which way the payload goes.
    pub direction: Direction,
    /// Where that stands.
    pub span: Span,
    /// The number.
    pub nr: Number,
    /// The word `returns`, if it is there.
    pub returns: Option<Span>,
    /// What the caller must have.
    pub capability: Option<Capability>,
}

/// Which way a payload goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// There is none.
    Io,
    /// To userspace.
    Ior,
    /// From userspace.
    Iow,
    /// From userspace and back.
    Iowr,
}

impl Direction {
    /// All, with the attribute's name and C's macro.
    pub const ALL: [(Direction, &str, &str); 4] = [
        (Direction::Io, "io", "_IO"),
        (Direction::Ior, "ior", "_IOR"),
        (Direction::Iow, "iow", "_IOW"),
        (Direction::Iowr, "iowr", "_IOWR"),
    ];

    /// The attribute's name.
    pub fn attribute(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// C's macro.
    pub fn c_macro(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}
