// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc(name = "…", nodename = "…", mode = 0o…, minor = n)]`

use proc_macro2::Ident;

use super::chrdev::MODE;
use crate::errors::Errors;
use crate::model::Misc;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the device's name, in `/proc/misc` and `/sys/class/misc`, and its node's in \
                  `/dev`",
        default: "the field's name",
        also: &["device", "dev"],
    },
    Key {
        name: "nodename",
        example: "nodename = \"ticket/control\"",
        meaning: "the path of the node below `/dev`",
        default: "the device's name",
        also: &["node", "path", "devnode"],
    },
    MODE,
    Key {
        name: "minor",
        example: "minor = 240",
        meaning: "the minor number",
        default: "one that is free",
        also: &["first_minor"],
    },
];

/// Reads the entries.
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Misc> {
    let before = errors.count();
    let misc = Misc {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        nodename: args.text("nodename", errors),
        mode: args.number("mode", errors),
        minor: args.number("minor", errors),
    };
    (errors.count() == before).then_some(misc)
}
