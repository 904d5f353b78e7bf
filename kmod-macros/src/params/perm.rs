// SPDX-License-Identifier: GPL-2.0-only
//! The mode of a parameter's file.

use crate::errors::Errors;
use crate::rules::perm::octal;
use crate::syntax::Number;

/// The `perm` of a parameter, by the rules of `VERIFY_OCTAL_PERMISSIONS()`.
pub fn check(perm: &Number, errors: &mut Errors) {
    if !octal("perm", perm, errors) {
        return;
    }
    let value = perm.value;
    let [owner, group, other] = [value >> 6 & 7, value >> 3 & 7, value & 7];
    let mut refuse = |rule: &str, better: u128| {
        errors.at(perm.span, rule, format!("write `perm = 0o{better:o}`"));
    };
    if value & 0o111 != 0 {
        refuse("a parameter cannot be executed", value & 0o666);
    } else if other & 2 != 0 {
        refuse("a parameter cannot be writable for everyone", value & !0o2);
    } else if group & 2 > owner & 2 {
        refuse(
            "a parameter that its group writes is writable for its owner, too",
            value | 0o200,
        );
    } else if other & 4 > group & 4 & owner {
        refuse(
            "a parameter that everyone reads is readable for its owner and its group, too",
            value | 0o444,
        );
    } else if group & 4 > owner & 4 {
        refuse(
            "a parameter that its group reads is readable for its owner, too",
            value | 0o440,
        );
    }
}
