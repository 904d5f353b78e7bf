// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region(name = "…", major = n, first_minor = n, minors = n)]`

use proc_macro2::Ident;

use super::chrdev::{FIRST_MINOR, MAJOR, MINORS, numbers};
use crate::errors::Errors;
use crate::model::ChrdevRegion;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the name in `/proc/devices`",
        default: "the field's name",
        also: &["node", "device", "dev"],
    },
    MAJOR,
    FIRST_MINOR,
    MINORS,
];

/// Reads the entries.
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<ChrdevRegion> {
    let before = errors.count();
    let region = ChrdevRegion {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        numbers: numbers(args, errors),
    };
    (errors.count() == before).then_some(region)
}
