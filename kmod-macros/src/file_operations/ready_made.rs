// SPDX-License-Identifier: GPL-2.0-only
//! The keys: what the kernel has ready for a slot.

use super::check::has;
use crate::errors::{Errors, closest, listed};
use crate::file_operations::{FileOperations, ReadyMade};

/// What the kernel has for each slot.
const READY_MADE: &[(&str, &[&str])] = &[
    ("open", &["nonseekable_open", "stream_open"]),
    (
        "llseek",
        &[
            "default_llseek",
            "fixed_size_llseek",
            "generic_file_llseek",
            "no_seek_end_llseek",
            "noop_llseek",
        ],
    ),
    ("splice_read", &["copy_splice_read"]),
    ("splice_write", &["iter_file_splice_write"]),
    ("rwf", &["RWF_NOWAIT"]),
];

/// What is done by other means, or has another name on other kernels.
const ALSO: &[(&str, &str)] = &[
    ("generic_open", "leave the key out: a file has a position"),
    (
        "no_llseek",
        "leave the key out: an absent `llseek` is ESPIPE",
    ),
    (
        "generic_file_splice_read",
        "write `splice_read = copy_splice_read`: it is that on kernels before 6.5",
    ),
    ("FMODE_NOWAIT", "write `rwf = RWF_NOWAIT`"),
];

/// Applies the rules, and takes out what breaks them.
pub fn check(operations: &mut FileOperations, errors: &mut Errors) {
    let all = std::mem::take(&mut operations.ready_made);
    let seekless = all.iter().find(|ready| ready.slot == "open");
    let seekless = seekless.map(|ready| (ready.name.clone(), ready.span));
    let mut kept = Vec::new();
    for ready in all {
        let before = errors.count();
        known(&ready, errors);
        if errors.count() == before {
            argument(&ready, errors);
            agrees(&ready, operations, errors);
            if ready.slot == "llseek" {
                sought(seekless.as_ref(), errors);
            }
        }
        if errors.count() == before {
            kept.push(ready);
        }
    }
    if has(operations, "llseek") && kept.iter().any(|ready| ready.slot == "open") {
        sought(seekless.as_ref(), errors);
    }
    operations.ready_made = kept;
}

/// The kernel has it, and for this slot.
fn known(ready: &ReadyMade, errors: &mut Errors) {
    let ReadyMade {
        slot, name, span, ..
    } = ready;
    let names = READY_MADE.iter().find(|(known, _)| known == slot);
    let names = names.map_or(&[][..], |(_, names)| names);
    if names.contains(&name.as_str()) {
        return;
    }
    let also = ALSO.iter().find(|(other, _)| other == name);
    let help = match (also, closest(name, names.iter().copied())) {
        (Some((_, help)), _) => (*help).to_owned(),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => format!("the kernel has {} for it", listed(names.iter().copied())),
    };
    errors.at(*span, format!("`{slot}` cannot be `{name}`"), help);
}

/// Only a fixed size is an argument.
fn argument(ready: &ReadyMade, errors: &mut Errors) {
    let ReadyMade {
        slot, name, span, ..
    } = ready;
    match (name.as_str(), &ready.argument) {
        ("fixed_size_llseek", None) => errors.at(
            *span,
            "`fixed_size_llseek` needs the size",
            "write `llseek = fixed_size_llseek(4096)`, or the name of a `u64` constant",
        ),
        ("fixed_size_llseek", Some(_)) | (_, None) => {}
        (_, Some(argument)) => errors.on(
            argument,
            format!("`{name}` takes nothing"),
            format!("write `{slot} = {name}`"),
        ),
    }
}

/// It fits the handlers that are there.
fn agrees(ready: &ReadyMade, operations: &FileOperations, errors: &mut Errors) {
    let ReadyMade {
        slot, name, span, ..
    } = ready;
    let (rule, help) = match *slot {
        "llseek" if has(operations, "llseek") => (
            "there is a handler `llseek`, too".to_owned(),
            "leave out the handler or the key".to_owned(),
        ),
        "splice_read" if !has(operations, "read_iter") => needs(name, "read", "read_iter"),
        "splice_write" if !has(operations, "write_iter") => needs(name, "write", "write_iter"),
        "rwf" if !has(operations, "read_iter") && !has(operations, "write_iter") => (
            format!(
                "`{name}` says something of `read_iter` and `write_iter`, and there is neither"
            ),
            "call the handler `read_iter` instead of `read`, or leave the key out".to_owned(),
        ),
        _ => return,
    };
    errors.at(*span, rule, help);
}

fn needs(name: &str, plain: &str, iter: &str) -> (String, String) {
    (
        format!("`{name}` calls `{iter}`, which is not there"),
        format!("call the handler `{iter}` instead of `{plain}`: they are written alike"),
    )
}

/// Who has no positions does not seek.
fn sought(open: Option<&(String, proc_macro2::Span)>, errors: &mut Errors) {
    if let Some((name, span)) = open {
        errors.at(
            *span,
            format!("after `{name}` the kernel never calls `llseek`, which is there"),
            "leave out one of them",
        );
    }
}
