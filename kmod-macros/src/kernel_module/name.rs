// SPDX-License-Identifier: GPL-2.0-only
//! The module's name.

use crate::errors::Errors;
use crate::rules::names::is_c_name;
use crate::syntax::Text;

/// `MODULE_NAME_LEN` on 64-bit kernels, less the NUL.
const MODULE_NAME_MAX: usize = 55;

/// A module's name: a file name to kbuild, and part of identifiers in C.
pub fn check(name: &Text, errors: &mut Errors) {
    let Text { value, span } = name;
    if value.is_empty() {
        errors.at(
            *span,
            "a module's name is not empty",
            "name it as its `.ko` file is to be called, without `.ko`",
        );
    } else if !is_c_name(value) {
        let help = match value.strip_suffix(".ko") {
            Some(stem) if is_c_name(stem) => format!("write `\"{stem}\"`"),
            _ => format!("write `\"{}\"`", c_name(value)),
        };
        errors.at(
            *span,
            "a module's name is made of ASCII letters, digits and `_`",
            help,
        );
    } else if value.len() > MODULE_NAME_MAX {
        errors.at(
            *span,
            format!(
                "a module's name has at most {MODULE_NAME_MAX} characters, this one has {}",
                value.len()
            ),
            format!(
                "shorten it, to `\"{}\"` for example",
                &value[..MODULE_NAME_MAX]
            ),
        );
    }
}

/// The nearest name that would do.
fn c_name(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect()
}
