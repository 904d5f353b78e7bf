// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev(name = "…", mode = 0o…, minors = n)]`

use proc_macro2::Ident;

use super::args::{Args, Key};
use super::values::name_of;
use crate::errors::Errors;
use crate::model::Chrdev;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the node's name in `/dev`; with several minors, the number follows it",
        default: "the field's name",
        also: &["node", "path", "device", "dev"],
    },
    Key {
        name: "mode",
        example: "mode = 0o600",
        meaning: "the node's mode",
        default: "`0o600`",
        also: &["perm", "perms", "permissions"],
    },
    Key {
        name: "minors",
        example: "minors = 4",
        meaning: "how many minors, from 0 on",
        default: "1",
        also: &["count", "devices"],
    },
];

/// Reads the entries.
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Chrdev> {
    let before = errors.count();
    let chrdev = Chrdev {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        mode: args.number("mode", errors),
        minors: args.number("minors", errors),
    };
    (errors.count() == before).then_some(chrdev)
}
