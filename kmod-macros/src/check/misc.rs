// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc]`

use crate::errors::Errors;
use crate::kernel_module::Field;
use crate::model::Misc;
use crate::rules::{names, perm};

/// `MISC_DYNAMIC_MINOR`; from there on numbers are dynamic.
const DYNAMIC: u128 = 255;

/// Applies the rules.
pub fn check(misc: &Misc, _field: &Field, errors: &mut Errors) {
    names::misc(&misc.name, errors);
    if let Some(nodename) = &misc.nodename {
        names::node(nodename, None, errors);
    }
    if let Some(mode) = &misc.mode {
        perm::device(mode, errors);
    }
    if let Some(minor) = &misc.minor
        && minor.value >= DYNAMIC
    {
        let rule = if minor.value == DYNAMIC {
            format!("a minor number of {DYNAMIC} stands for one that is free")
        } else {
            format!("a misc device's fixed minor number is less than {DYNAMIC}")
        };
        errors.at(
            minor.span,
            rule,
            "leave the key out: the kernel finds one that is free",
        );
    }
}
