// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl(path = "folder/name", mode = 0o…, range = a..=b, format = …, jiffies = …,
//! on_change = …)]`

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::model::Sysctl;
use crate::syntax::args::{Args, Key};

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
        meaning: "the values that it takes; integers and arrays of them",
        default: "all of the type",
        also: &["min", "max", "extra1", "extra2"],
    },
    Key {
        name: "format",
        example: "format = hex",
        meaning: "how unsigned numbers are shown: `hex` or `octal`",
        default: "decimal",
        also: &["radix", "base", "show"],
    },
    Key {
        name: "jiffies",
        example: "jiffies = ms",
        meaning: "the field holds jiffies, and the file's unit is `seconds`, `user_hz` or `ms`",
        default: "the file shows the field",
        also: &["unit", "ms", "seconds", "user_hz", "userhz"],
    },
    Key {
        name: "on_change",
        example: "on_change = Ticket::changed",
        meaning: "a function of the module that is called after each successful write",
        default: "nothing is called",
        also: &["on_write", "handler", "proc_handler", "callback", "notify"],
    },
];

/// The words of `format`.
pub const FORMATS: &[&str] = &["hex", "octal"];

/// The words of `jiffies`.
pub const UNITS: &[&str] = &["seconds", "user_hz", "ms"];

/// Reads the entries.
pub fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Sysctl> {
    let before = errors.count();
    let path = args.text("path", errors);
    if path.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let mode = args.number("mode", errors);
    let range = args.range("range", errors).map(Box::new);
    let format = args.word("format", FORMATS, errors);
    let jiffies = args.word("jiffies", UNITS, errors);
    let on_change = args.path("on_change", errors).map(Box::new);
    let path = path?;
    (errors.count() == before).then_some(Sysctl {
        path,
        mode,
        range,
        format,
        jiffies,
        on_change,
    })
}
