// SPDX-License-Identifier: GPL-2.0-only
//! All rules of a module. All breaches are reported; what breaks one is marked as refused.

use super::{Module, info, licence, name, panic};
use crate::errors::Errors;
use crate::instance::clashes::{Clashes, Namespace};
use crate::instance::{self, shape};
use crate::params;
use crate::syntax::forms::name_of;

/// The parameters, for the kernel.
static PARAMETERS: Namespace = Namespace {
    of: "parameter",
    help: "leave one of them out, or rename it",
    is_tree: false,
};

/// The parameters, for the module.
static ACCESSORS: Namespace = Namespace {
    of: "parameter",
    help: "leave one of them out, or rename it",
    is_tree: false,
};

/// Applies every rule to a module.
pub fn check(module: &mut Module, errors: &mut Errors) {
    shape::check(&mut module.instance, errors);
    if let Some(name) = &module.name {
        name::check(name, errors);
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
    instance::check::check(&mut module.instance, errors);
    for field in &mut module.instance.fields {
        let before = errors.count();
        if let Some(object) = &field.object {
            object.check_params(&module.params, errors);
        }
        field.refused |= errors.count() != before;
    }
    names_of_params(module, errors);
}

/// No two parameters have one name, for the kernel or for the module.
fn names_of_params(module: &Module, errors: &mut Errors) {
    let mut clashes = Clashes::default();
    for param in &module.params {
        let before = errors.count();
        clashes.see(&PARAMETERS, &param.name, errors);
        if errors.count() == before {
            clashes.see(&ACCESSORS, &name_of(&param.ident), errors);
        }
    }
}
