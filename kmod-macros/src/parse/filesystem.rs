// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem(name = "…", magic = 0x…)]`

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::model::Filesystem;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"notesfs\"",
        meaning: "the type for `mount -t`",
        default: "the field's name",
        also: &["type", "fs"],
    },
    Key {
        name: "magic",
        example: "magic = 0x6e6f7465",
        meaning: "the magic number that `statfs(2)` gives",
        default: "`0x6b6d6f64`",
        also: &["s_magic"],
    },
];

/// Reads the entries.
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Filesystem> {
    let before = errors.count();
    let filesystem = Filesystem {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        magic: args.number("magic", errors),
    };
    (errors.count() == before).then_some(filesystem)
}
