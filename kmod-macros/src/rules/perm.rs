// SPDX-License-Identifier: GPL-2.0-only
//! Modes of files.

use crate::errors::Errors;
use crate::syntax::Number;

/// A mode is written in octal and holds permission bits only.
///
/// Whether the value can be looked at further.
pub fn octal(key: &str, mode: &Number, errors: &mut Errors) -> bool {
    let Number {
        value,
        written,
        span,
    } = mode;
    if !written.starts_with("0o") && *value != 0 {
        errors.at(
            *span,
            format!("`{key}` is written in octal"),
            format!("write `{key} = {}`", meant(*value, written)),
        );
        return false;
    }
    if *value > 0o777 {
        errors.at(
            *span,
            format!("`{key}` holds permission bits only, up to `0o777`"),
            format!("write `{key} = 0o{:o}`", value & 0o777),
        );
        return false;
    }
    true
}

/// What a mode in another base was meant to be: `644` and `0644` are octal to whoever writes them.
fn meant(value: u128, written: &str) -> String {
    let digits = written.trim_start_matches('0');
    let looks_octal = digits.len() == 3 && digits.chars().all(|c| ('0'..='7').contains(&c));
    if looks_octal {
        format!("0o{digits}")
    } else {
        format!("0o{:o}", value & 0o777)
    }
}
