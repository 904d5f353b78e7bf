// SPDX-License-Identifier: GPL-2.0-only
//! The rules, a file per subject. All breaches are reported; what breaks one is marked as refused.

mod c_names;
pub mod chrdev;
pub mod chrdev_region;
mod clashes;
pub mod file_operations;
pub mod filesystem;
mod info;
pub mod ioctl;
mod licence;
pub mod misc;
mod names;
pub mod panic;
pub mod param_enum;
mod params;
mod perm;
mod range;
mod shape;
mod shared_type;
pub mod sysctl;
pub mod uapi;

use crate::errors::Errors;
use crate::model::Module;

/// Applies every rule to a module.
pub fn module(module: &mut Module, errors: &mut Errors) {
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
        params::check(param, errors);
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
