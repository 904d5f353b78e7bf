// SPDX-License-Identifier: GPL-2.0-only
//! The licence, which decides what the kernel links the module to.

use super::Module;
use crate::errors::{Errors, closest, listed};
use crate::objects::Licence;
use crate::syntax::Text;

/// The idents that `license_is_gpl_compatible()` knows.
const FREE: &[&str] = &[
    "GPL",
    "GPL v2",
    "GPL and additional rights",
    "Dual BSD/GPL",
    "Dual MIT/GPL",
    "Dual MPL/GPL",
];

/// What says that a module is not free.
const PROPRIETARY: &str = "Proprietary";

/// The licence is one that the kernel knows, and links what the module uses.
pub fn check(license: &Text, module: &Module, errors: &mut Errors) {
    let value = license.value.as_str();
    if FREE.contains(&value) {
        return;
    }
    if value == PROPRIETARY {
        linked(license, module, errors);
        return;
    }
    let meant = spdx(value).or_else(|| closest_ident(value));
    let help = match meant {
        Some(meant) => format!("write `license = \"{meant}\"`"),
        None => format!(
            "the kernel knows {}",
            listed(FREE.iter().copied().chain([PROPRIETARY]))
        ),
    };
    errors.at(
        license.span,
        format!("the kernel knows no licence `{value}`: it would taint itself"),
        help,
    );
}

/// Nothing of a module that is not free needs what is for modules under the GPL only.
fn linked(license: &Text, module: &Module, errors: &mut Errors) {
    let mut reported = Vec::new();
    for object in module.instance.objects() {
        let attribute = object.attribute();
        let Licence::Gpl { exports, objects } = object.licence() else {
            continue;
        };
        if reported.contains(&attribute.name) {
            continue;
        }
        reported.push(attribute.name);
        errors.at(
            license.span,
            format!(
                "the kernel gives {exports}, which `#[{}]` uses, to modules under the GPL only",
                attribute.name
            ),
            format!("write `license = \"GPL\"`, or leave {objects} out"),
        );
    }
}

/// The kernel's ident for the licence of an SPDX expression.
fn spdx(value: &str) -> Option<&'static str> {
    let value = value.to_ascii_lowercase().replace(['(', ')'], "");
    if let Some((one, other)) = value.split_once(" or ") {
        let free = match (one.starts_with("gpl"), other.starts_with("gpl")) {
            (true, _) => other,
            (_, true) => one,
            _ => return None,
        };
        return Some(match free {
            "mit" => "Dual MIT/GPL",
            "bsd-2-clause" | "bsd-3-clause" => "Dual BSD/GPL",
            "mpl-1.1" | "mpl-2.0" => "Dual MPL/GPL",
            _ => return None,
        });
    }
    Some(match value.as_str() {
        "gpl-2.0" | "gpl-2.0-only" | "gpl-2.0-or-later" | "gpl-2.0+" | "gplv2" | "gpl2"
        | "gpl v2+" | "gpl-2" => "GPL",
        "mit" => "Dual MIT/GPL",
        "bsd" | "bsd-2-clause" | "bsd-3-clause" => "Dual BSD/GPL",
        "mpl-1.1" | "mpl-2.0" => "Dual MPL/GPL",
        _ => return None,
    })
}

fn closest_ident(value: &str) -> Option<&'static str> {
    let same = |ident: &&&str| ident.eq_ignore_ascii_case(value);
    let all = FREE.iter().chain([&PROPRIETARY]);
    if let Some(ident) = all.clone().find(same) {
        return Some(ident);
    }
    closest(value, all.copied())
}
