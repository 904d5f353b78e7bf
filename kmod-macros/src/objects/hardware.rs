// SPDX-License-Identifier: GPL-2.0-only
//! What handlers use of the hardware: registers, memory and clients of a bus, which have no handlers themselves.

use super::{bar, bus, dma};
use crate::errors::Errors;
use crate::instance::Field;

/// Holds that a field, the one at `own`, is before all objects that have handlers: what is registered
/// before it would still run when it has gone.
pub fn check_first(what: &str, fields: &[Field], own: usize, errors: &mut Errors) {
    let quiet = [
        bar::ATTRIBUTE.name,
        bus::ATTRIBUTE.name,
        dma::ATTRIBUTE.name,
    ];
    let before = fields[..own].iter().find(|field| {
        let object = field.object.as_deref();
        object.is_some_and(|object| !quiet.contains(&object.attribute().name))
    });
    if let Some(before) = before {
        errors.at(
            fields[own].ident.span(),
            format!(
                "{what} goes after all that may use it, and `{}` would still be there",
                before.ident
            ),
            format!("put `{}` before `{}`", fields[own].ident, before.ident),
        );
    }
}
