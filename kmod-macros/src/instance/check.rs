// SPDX-License-Identifier: GPL-2.0-only
//! The rules of an instance's objects, each for itself and all together.

use super::Instance;
use super::clashes::Clashes;
use crate::errors::Errors;

/// Applies the rules, and marks what breaks one as refused.
pub fn check(instance: &mut Instance, errors: &mut Errors) {
    for index in 0..instance.fields.len() {
        let field = &instance.fields[index];
        let before = errors.count();
        if let Some(object) = &field.object {
            object.check(field, errors);
            object.check_among(&instance.fields, index, errors);
        }
        instance.fields[index].refused = errors.count() != before;
    }
    let mut clashes = Clashes::default();
    for object in instance.objects() {
        for (namespace, name) in object.names() {
            clashes.see(namespace, name, errors);
        }
    }
    clashes.below_another(errors);
}
