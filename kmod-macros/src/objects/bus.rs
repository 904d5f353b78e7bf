// SPDX-License-Identifier: GPL-2.0-only
//! `#[bus]`.

use super::hardware::Hardware;
use super::{InDevice, Licence, ObjectAttribute};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "bus",
    also: &["client", "handle", "companion", "interface"],
    keys: &[],
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("BusObject"),
    in_device: InDevice::Of("BusObject"),
    parse: |_args, _field, _errors| {
        Some(Box::new(Hardware {
            attribute: &ATTRIBUTE,
            what: "a field under `#[bus]`",
            field: "BusField",
        }))
    },
};
