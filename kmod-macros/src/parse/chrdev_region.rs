// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region(name = "…", minors = n)]`

use proc_macro2::Ident;

use super::args::{Args, Key};
use super::values::name_of;
use crate::errors::Errors;
use crate::model::ChrdevRegion;

/// The keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the name in `/proc/devices`",
        default: "the field's name",
        also: &["node", "device", "dev"],
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
pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<ChrdevRegion> {
    let before = errors.count();
    let region = ChrdevRegion {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        minors: args.number("minors", errors),
    };
    (errors.count() == before).then_some(region)
}
