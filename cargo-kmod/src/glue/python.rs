// SPDX-License-Identifier: GPL-2.0-only
//! The Python module: structs of `ctypes`, and a function for each ioctl. It takes nothing but Python's own
//! library.

use std::fmt::Write as _;

use super::{commented, origin};
use crate::uapi::{Command, Described, Module, Struct, Type};

/// How the functions call the kernel: by the C library, since `fcntl.ioctl()` takes no unsigned long.
const BEGIN: &str = "
import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)


def _ioctl(file, number, argument=None):
    descriptor = file if isinstance(file, int) else file.fileno()
    result = _libc.ioctl(descriptor, ctypes.c_ulong(number), argument)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
";

/// Words that are no names in Python.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// The module; none if there are neither structs nor commands.
pub fn module(module: &Module, described: &Described) -> Option<String> {
    if described.structs.is_empty() && described.commands.is_empty() {
        return None;
    }
    let mut text = origin("#");
    text += &docstring("", &format!("Ioctls and structs of {}.", module.name));
    text += BEGIN;
    for found in &described.structs {
        text += &structure(found);
    }
    let commands = || described.commands.iter().flat_map(|set| &set.commands);
    if commands().next().is_some() {
        text += "\n\n";
    }
    for found in commands() {
        let _ = writeln!(text, "{} = {:#010x}", name(&found.name), found.number);
    }
    for found in commands() {
        text += &function(found);
    }
    Some(text)
}

fn structure(found: &Struct) -> String {
    let mut text = format!(
        "\n\nclass {}(ctypes.Structure):\n",
        name(found.rust_name.trim_start_matches("r#"))
    );
    if !found.docs.is_empty() {
        text += &docstring("    ", &found.docs);
        text.push('\n');
    }
    text += "    _fields_ = [\n";
    for field in &found.fields {
        for line in commented(&field.docs, "#").lines() {
            let _ = writeln!(text, "        {line}");
        }
        let ty = of_type(&field.r#type);
        let _ = writeln!(text, "        (\"{}\", {ty}),", name(&field.name));
    }
    text + "    ]\n"
}

/// A function of a command: it takes what the kernel reads, and returns what the kernel writes.
fn function(command: &Command) -> String {
    let number = name(&command.name);
    let takes = command.takes_value || matches!(&*command.r#macro, "_IOW" | "_IOWR");
    let argument = if takes { ", value" } else { "" };
    let mut text = format!(
        "\n\ndef {}(file{argument}):\n",
        name(&command.name.to_lowercase())
    );
    if !command.docs.is_empty() {
        text += &docstring("    ", &command.docs);
    }
    let Some(payload) = &command.payload else {
        let argument = match command.takes_value {
            true => ", ctypes.c_ulong(value)",
            false => "",
        };
        let _ = writeln!(text, "    return _ioctl(file, {number}{argument})");
        return text;
    };
    let (ty, is_number) = (of_type(payload), matches!(payload, Type::Int { .. }));
    match (takes, is_number) {
        (false, _) => _ = writeln!(text, "    value = {ty}()"),
        (true, true) => _ = writeln!(text, "    value = {ty}(value)"),
        (true, false) => {
            let _ = writeln!(
                text,
                "    if not isinstance(value, {ty}):\n        value = {ty}(*value)"
            );
        }
    }
    let _ = writeln!(text, "    _ioctl(file, {number}, ctypes.byref(value))");
    if command.r#macro != "_IOW" {
        let value = if is_number { "value.value" } else { "value" };
        let _ = writeln!(text, "    return {value}");
    }
    text
}

fn of_type(ty: &Type) -> String {
    match ty {
        Type::Int { int } => match int.strip_prefix('i') {
            Some(bits) => format!("ctypes.c_int{bits}"),
            None => format!("ctypes.c_uint{}", int.trim_start_matches('u')),
        },
        Type::Struct { r#struct } => name(r#struct.rust_name.trim_start_matches("r#")),
        Type::Array { len, array } => format!("({} * {len})", of_type(array)),
    }
}

/// A name, with a line behind it where Python has it for itself.
fn name(text: &str) -> String {
    match KEYWORDS.contains(&text) {
        true => format!("{text}_"),
        false => text.to_owned(),
    }
}

fn docstring(indent: &str, text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let mut lines = text.lines();
    let mut all = format!("{indent}\"\"\"{}", lines.next().unwrap_or_default());
    for line in lines {
        all.push('\n');
        if !line.is_empty() {
            all += indent;
            all += line;
        }
    }
    // A quote before the end would be part of it.
    if text.ends_with('"') {
        all.push(' ');
    }
    all + "\"\"\"\n"
}
