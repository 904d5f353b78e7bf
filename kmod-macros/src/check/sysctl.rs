// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use syn::Type;

use super::{perm, range};
use crate::errors::Errors;
use crate::model::{Field, Range, Sysctl, Text};

/// Applies the rules.
pub fn check(sysctl: &Sysctl, field: &Field, errors: &mut Errors) {
    path(&sysctl.path, errors);
    if let Some(mode) = &sysctl.mode {
        perm::sysctl(mode, errors);
    }
    if let Some(written) = &sysctl.range {
        range_of_field(written, field, errors);
    }
}

/// A path names a folder below `/proc/sys` and a file in it.
fn path(path: &Text, errors: &mut Errors) {
    let Text { value, span } = path;
    let mut refuse = |rule: &str, help: String| errors.at(*span, rule, help);
    if let Some(below) = value.strip_prefix("/proc/sys/") {
        refuse(
            "a sysctl's path begins below `/proc/sys`",
            format!("write `\"{below}\"`"),
        );
    } else if value.starts_with('/') || value.ends_with('/') {
        refuse(
            "a sysctl's path neither begins nor ends with `/`",
            format!("write `\"{}\"`", value.trim_matches('/')),
        );
    } else if !value.contains('/') {
        let help = if value.contains('.') {
            format!("write `\"{}\"`", value.replace('.', "/"))
        } else if value.is_empty() {
            "write `\"ticket/step\"`".to_owned()
        } else {
            format!("put it into a folder named after the module: `\"module/{value}\"`")
        };
        refuse("a sysctl stands in a folder", help);
    } else if value.split('/').any(str::is_empty) {
        refuse(
            "two `/` of a sysctl's path have a name between them",
            "leave one of them out".to_owned(),
        );
    } else if value.split('/').any(|part| part == "." || part == "..") {
        refuse(
            "a sysctl's path goes down only",
            "name the folder itself, without `.` and `..`".to_owned(),
        );
    } else if value.contains(|c: char| !c.is_ascii_graphic()) {
        refuse(
            "a sysctl's path is made of visible ASCII characters",
            format!(
                "write `\"{}\"`",
                value.replace(|c: char| !c.is_ascii_graphic(), "_")
            ),
        );
    } else if value.split('/').any(|part| part.len() > 255) {
        refuse(
            "a file's name has at most 255 characters",
            "shorten it".to_owned(),
        );
    }
}

/// A range belongs to an integer; of the kernel's atomics, the type is known here.
fn range_of_field(written: &Range, field: &Field, errors: &mut Errors) {
    let ident = match &field.ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    };
    if let Some(ident) = ident
        && ident == "AtomicBool"
    {
        errors.on(
            &written.expr,
            format!("`{}` is a bool, so it has no range", field.ident),
            "leave `range` out",
        );
        return;
    }
    if written.min.is_none() || written.max.is_none() {
        errors.on(
            &written.expr,
            "a sysctl's range has two ends",
            "write `range = 1..=100`",
        );
        return;
    }
    range::check(written, ident.and_then(range::of_atomic), errors);
}
