// SPDX-License-Identifier: GPL-2.0-only
//! Objects of which a device has one.

use super::ObjectAttribute;
use crate::errors::Errors;
use crate::instance::Field;

/// Holds that no field before the one at `own` is under this attribute; `help` says what to do instead.
pub fn check(
    attribute: &ObjectAttribute,
    help: &str,
    fields: &[Field],
    own: usize,
    errors: &mut Errors,
) {
    let another = fields[..own].iter().any(|field| {
        let object = field.object.as_deref();
        object.is_some_and(|object| object.attribute().name == attribute.name)
    });
    if another {
        errors.at(
            fields[own].ident.span(),
            format!("a device has one `#[{}]`", attribute.name),
            help,
        );
    }
}
