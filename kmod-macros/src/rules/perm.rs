// SPDX-License-Identifier: GPL-2.0-only
//! Modes of files: `perm` of a parameter, `mode` of a device or a sysctl.

use crate::errors::Errors;
use crate::syntax::Number;

/// A mode is written in octal and holds permission bits only.
///
/// Whether the value can be looked at further.
fn octal(key: &str, mode: &Number, errors: &mut Errors) -> bool {
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

/// The mode of a device's node.
pub fn device(mode: &Number, errors: &mut Errors) {
    if octal("mode", mode, errors) && mode.value == 0 {
        errors.at(
            mode.span,
            "a mode of 0 stands for the kernel's own, which is `0o600`",
            "leave the key out",
        );
    }
}

/// The mode of a sysctl: `sysctl_check_table()` refuses what is neither reading nor writing. The
/// kernel would let everyone write; there a device is the better place, whose node has an owner.
pub fn sysctl(mode: &Number, errors: &mut Errors) {
    if !octal("mode", mode, errors) {
        return;
    }
    if mode.value & 0o111 != 0 {
        errors.at(
            mode.span,
            "a sysctl cannot be executed",
            format!("write `mode = 0o{:o}`", mode.value & 0o666),
        );
    } else if mode.value & 0o002 != 0 {
        errors.at(
            mode.span,
            "a sysctl cannot be writable for everyone",
            format!(
                "write `mode = 0o{:o}`; a device's node can, with `#[misc(mode = 0o666)]`",
                mode.value & !0o002
            ),
        );
    } else if mode.value == 0 {
        errors.at(
            mode.span,
            "nobody could read or write this sysctl",
            "write `mode = 0o644`, or `0o444` to have it read only",
        );
    }
}

/// The `perm` of a parameter, by the rules of `VERIFY_OCTAL_PERMISSIONS()`.
pub fn param(perm: &Number, errors: &mut Errors) {
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
