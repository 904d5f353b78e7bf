// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl(path = "folder/name", mode = 0o…, range = a..=b)]`

use proc_macro2::Ident;

use super::args::{Args, Key};
use crate::errors::Errors;
use crate::model::Sysctl;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "path",
        example: "path = \"ticket/step\"",
        meaning: "the path below `/proc/sys`",
        default: "must be given",
        also: &["name", "procname", "file"],
    },
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o644`",
        also: &["perm", "perms", "permissions"],
    },
    Key {
        name: "range",
        example: "range = 1..=100",
        meaning: "the values that it takes; integers only",
        default: "all of the type",
        also: &["min", "max", "extra1", "extra2"],
    },
];

/// Reads the entries.
pub fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Sysctl> {
    let before = errors.count();
    let path = args.text("path", errors);
    if path.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let mode = args.number("mode", errors);
    let range = args.range("range", errors).map(Box::new);
    let path = path?;
    (errors.count() == before).then_some(Sysctl { path, mode, range })
}
