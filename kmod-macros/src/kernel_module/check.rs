// SPDX-License-Identifier: GPL-2.0-only
//! All rules of a module. All breaches are reported; what breaks one is marked as refused.

use crate::check::chrdev;
use crate::errors::Errors;
use crate::params;
use crate::rules::names;

use super::{Module, clashes, info, licence, panic, shape};

/// Applies every rule to a module.
pub fn check(module: &mut Module, errors: &mut Errors) {
    shape::check(module, errors);
    if let Some(name) = &module.name {
        names::module(name, errors);
    }
    if let Some(license) = &module.license {
        licence::check(license, module, errors);
    }
    info::check(module, errors);
    if let Some(panic) = &module.panic {
        panic::check(panic, errors);
    }
    for param in &mut module.params {
        let before = errors.count();
        params::check::check(param, errors);
        param.refused |= errors.count() != before;
    }
    for index in 0..module.fields.len() {
        let field = &module.fields[index];
        let before = errors.count();
        if let Some(object) = &field.object {
            object.check(field, errors);
        }
        module.fields[index].refused = errors.count() != before;
    }
    clashes::check(module, errors);
    chrdev::share_classes(&mut module.fields);
}
