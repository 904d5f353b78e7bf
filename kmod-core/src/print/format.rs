// SPDX-License-Identifier: GPL-2.0-only
//! The `printk` format of a message, put together at compile time.

use core::ffi::CStr;

use super::args::Kind;

/// The level of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `KERN_EMERG`
    Emerg,
    /// `KERN_ALERT`
    Alert,
    /// `KERN_CRIT`
    Crit,
    /// `KERN_ERR`
    Err,
    /// `KERN_WARNING`
    Warn,
    /// `KERN_NOTICE`
    Notice,
    /// `KERN_INFO`
    Info,
    /// `KERN_DEBUG`
    Debug,
    /// `KERN_CONT`
    Cont,
}

impl Level {
    /// `KERN_SOH` and the level's letter.
    const fn prefix(self) -> &'static [u8] {
        self.as_c_str().to_bytes()
    }

    /// Whether the module's name stands before the text.
    pub(super) const fn is_named(self) -> bool {
        !matches!(self, Level::Cont)
    }

    /// The level alone, as a C string.
    pub(super) const fn as_c_str(self) -> &'static CStr {
        match self {
            Level::Emerg => c"\x010",
            Level::Alert => c"\x011",
            Level::Crit => c"\x012",
            Level::Err => c"\x013",
            Level::Warn => c"\x014",
            Level::Notice => c"\x015",
            Level::Info => c"\x016",
            Level::Debug => c"\x017",
            Level::Cont => c"\x01c",
        }
    }

    /// The format of a message that is formatted already: the module's name if it is to be there, length,
    /// text, and what ends the line.
    pub(super) const fn of_text(self, is_named: bool) -> [u8; 16] {
        let pieces: &[&[u8]] = if is_named {
            &[self.prefix(), b"%s: %.*s%s"]
        } else {
            &[self.prefix(), b"%.*s%s"]
        };
        let mut out = Builder::<16>::new();
        let mut i = 0;
        while i < pieces.len() {
            out.push(pieces[i]);
            i += 1;
        }
        out.finish()
    }
}

/// How an argument is to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `{}`
    Display,
    /// `{:x}`
    LowerHex,
    /// `{:#x}`
    PrefixedHex,
    /// `{:X}`
    UpperHex,
    /// `{:o}`
    Octal,
}

/// A part of a message.
#[derive(Clone, Copy)]
pub enum Piece {
    /// Text as it stands.
    Text(&'static str),
    /// The next argument.
    Arg(Style),
}

/// A message, as the macro read it.
pub trait Format {
    /// Its level.
    const LEVEL: Level;
    /// Its parts.
    const PIECES: &'static [Piece];
    /// Whether a newline is added where the text has none.
    const NEWLINE: bool;
    /// Whether the module's name stands before the text.
    const IS_NAMED: bool = Self::LEVEL.is_named();
}

/// A C string under construction.
struct Builder<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Builder<N> {
    const fn new() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
        }
    }

    const fn push(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            self.bytes[self.length] = bytes[i];
            self.length += 1;
            i += 1;
        }
    }

    const fn push_escaped(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, tail @ ..] = rest {
            assert!(*byte != 0, "a NUL would end the message");
            if *byte == b'%' {
                self.push(b"%");
            }
            self.push(&[*byte]);
            rest = tail;
        }
    }

    const fn finish(self) -> [u8; N] {
        assert!(self.length < N, "no room for the NUL");
        self.bytes
    }
}

/// The format of `pieces` for arguments of `kinds`, ended by at least one NUL.
pub(super) const fn join<const N: usize>(
    level: Level,
    is_named: bool,
    pieces: &[Piece],
    kinds: &[Kind],
) -> [u8; N] {
    let mut out = Builder::new();
    out.push(level.prefix());
    if is_named {
        out.push(b"%s: ");
    }
    let mut next = 0;
    let mut i = 0;
    while i < pieces.len() {
        match pieces[i] {
            Piece::Text(text) => out.push_escaped(text),
            Piece::Arg(style) => {
                out.push(kinds[next].conversion(style));
                next += 1;
            }
        }
        i += 1;
    }
    assert!(next == kinds.len(), "an argument that no piece names");
    out.finish()
}

/// The styles of the arguments in `pieces`.
pub(super) const fn styles(pieces: &[Piece]) -> [Style; super::args::MAX_ARGS] {
    let mut styles = [Style::Display; super::args::MAX_ARGS];
    let mut next = 0;
    let mut i = 0;
    while i < pieces.len() {
        if let Piece::Arg(style) = pieces[i] {
            styles[next] = style;
            next += 1;
        }
        i += 1;
    }
    styles
}
