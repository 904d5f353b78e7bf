// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl(path = "folder/name", mode = 0o…, range = a..=b, format = …, jiffies = …,
//! on_change = …)]`

mod check;
mod expand;

use proc_macro2::{Ident, TokenStream};
use syn::ExprPath;

use super::{File, InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, Capability};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Range, Text, Word};
use crate::tokens::octal;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "sysctl",
    also: &[],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Together(expand::table),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
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
    capability::key(
        "the capability that who writes it must have, or `write(2)` is `EPERM`: C's \
         `capable()`, asked before anything is taken; who reads it needs none",
    ),
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
const FORMATS: &[&str] = &["hex", "octal"];

/// The words of `jiffies`.
const UNITS: &[&str] = &["seconds", "user_hz", "ms"];

/// The mode of a sysctl whose attribute names none.
const MODE: u128 = 0o644;

/// The files below `/proc/sys`.
static SYSCTLS: Namespace = Namespace {
    of: "sysctl",
    help: "give them different paths",
    is_tree: true,
};

/// A field under `#[sysctl]`.
struct Sysctl {
    path: Text,
    mode: Option<Number>,
    capability: Option<Capability>,
    range: Option<Range>,
    format: Option<Word>,
    jiffies: Option<Word>,
    on_change: Option<ExprPath>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let path = args.text("path", errors);
    if path.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let mode = args.number("mode", errors);
    let capability = args.capability(errors);
    let range = args.range("range", errors);
    let format = args.word("format", FORMATS, errors);
    let jiffies = args.word("jiffies", UNITS, errors);
    let on_change = args.path("on_change", "the name of a function", errors);
    Some(Box::new(Sysctl {
        path: path?,
        mode,
        capability,
        range,
        format,
        jiffies,
        on_change,
    }))
}

impl Sysctl {
    /// The folder and the file.
    fn parts(&self) -> (&str, &str) {
        let path = &self.path.value;
        path.rsplit_once('/').unwrap_or(("", path))
    }
}

impl Object for Sysctl {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        check::check(self, field, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&SYSCTLS, &self.path)]
    }

    /// Its folder.
    fn group(&self) -> &str {
        self.parts().0
    }

    fn file(&self, _site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: format!("/proc/sys/{}", self.path.value),
            mode: octal(self.mode.as_ref(), MODE),
        })
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        expand::expand(self, site)
    }
}
