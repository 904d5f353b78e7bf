// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev(name = "…", nodename = "…", class = "…", mode = 0o…, major = n, …)]`

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::model::{Chrdev, Numbers};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// The key for the mode of a node.
pub const MODE: Key = Key {
    name: "mode",
    example: "mode = 0o600",
    meaning: "the node's mode",
    default: "the kernel's, `0o600`",
    also: &["perm", "perms", "permissions"],
};

/// The keys for device numbers.
pub const MAJOR: Key = Key {
    name: "major",
    example: "major = 240",
    meaning: "the major number",
    default: "one that is free",
    also: &[],
};
pub const FIRST_MINOR: Key = Key {
    name: "first_minor",
    example: "first_minor = 64",
    meaning: "the first minor number",
    default: "0",
    also: &["minor", "baseminor", "minor_start"],
};
pub const MINORS: Key = Key {
    name: "minors",
    example: "minors = 4",
    meaning: "how many minors",
    default: "1",
    also: &["count", "devices"],
};

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the device's name, and its node's in `/dev`; with several minors, their number \
                  from 0 on follows it",
        default: "the field's name",
        also: &["device", "dev"],
    },
    Key {
        name: "nodename",
        example: "nodename = \"ticket/{}\"",
        meaning: "the path of the node below `/dev`; `{}` stands for the number",
        default: "the device's name",
        also: &["node", "path", "devnode"],
    },
    Key {
        name: "class",
        example: "class = \"tickets\"",
        meaning: "the class in `/sys/class`; devices of one module can share it",
        default: "`name`",
        also: &[],
    },
    MODE,
    MAJOR,
    FIRST_MINOR,
    MINORS,
];

/// Reads the entries.
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Chrdev> {
    let before = errors.count();
    let chrdev = Chrdev {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        nodename: args.text("nodename", errors),
        class: args.text("class", errors),
        shares_class: false,
        mode: args.number("mode", errors),
        numbers: numbers(args, errors),
    };
    (errors.count() == before).then_some(chrdev)
}

/// Reads the entries for device numbers.
pub fn numbers(args: &mut Args, errors: &mut Errors) -> Numbers {
    Numbers {
        major: args.number("major", errors),
        first_minor: args.number("first_minor", errors),
        minors: args.number("minors", errors),
    }
}
