// SPDX-License-Identifier: GPL-2.0-only
//! `#[object]`: a kernel object that another crate brings.

use super::embedded::Embedded;
use super::{InDevice, Licence, ObjectAttribute};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "object",
    also: &["kernel_object"],
    keys: &[],
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("Embedded"),
    in_device: InDevice::Of("Embedded"),
    parse: |_args, _field, _errors| Some(Box::new(Embedded(&ATTRIBUTE))),
};
