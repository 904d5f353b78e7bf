// SPDX-License-Identifier: GPL-2.0-only
//! The man page, in section 4, where devices and drivers are: in man(7)'s macros.

use std::fmt::Write as _;

use super::modprobe::facts;
use crate::uapi::{
    Command, Described, Event, EventKind, File, Function, INDEX, Module, Type, declaration,
};

/// The page. It has no date: with one, the same source would make another page each day.
pub fn page(module: &Module, described: &Described, version: &str) -> String {
    let name = &module.name;
    let mut page = format!(
        ".\\\" SPDX-License-Identifier: GPL-2.0-only\n\
         .\\\" Made of the module's source by `cargo kmod glue`.\n\
         .TH {} 4 \"\" \"{} {}\" \"Kernel modules\"\n\
         .SH NAME\n{} \\- {}\n\
         .SH SYNOPSIS\n.B modprobe {}\n",
        quoted(&name.to_uppercase()),
        escaped(name),
        escaped(version),
        escaped(name),
        inline(summary(module)),
        escaped(name),
    );
    if !module.params.is_empty() {
        page += ".RI [ parameter = value \" ...]\"\n";
    }
    if !module.description.is_empty() {
        page += ".SH DESCRIPTION\n";
        page += &paragraphs(&module.description, ".PP");
    }
    if !module.params.is_empty() {
        page += ".SH PARAMETERS\n";
        for param in &module.params {
            let _ = writeln!(page, ".TP\n.B {}", escaped(&param.name));
            page += &paragraphs(&format!("{}\n\n{}", param.docs, facts(param)), ".IP");
        }
    }
    if !described.files.is_empty() {
        page += ".SH FILES\n";
        for file in &described.files {
            page += &file_entry(file);
        }
    }
    let commands: Vec<&Command> = described
        .commands
        .iter()
        .flat_map(|set| &set.commands)
        .collect();
    if !commands.is_empty() {
        page += ".SH IOCTLS\n";
        for command in commands {
            page += &command_entry(command);
        }
    }
    if !described.events.is_empty() {
        page += &events(module, &described.events);
    }
    let exported: Vec<&Function> = described
        .functions
        .iter()
        .filter(|function| function.export.is_some())
        .collect();
    if !exported.is_empty() {
        page += ".SH EXPORTED FUNCTIONS\n";
        for function in exported {
            page += &export_entry(module, function);
        }
    }
    if !module.authors.is_empty() {
        let authors: Vec<String> = module.authors.iter().map(|text| escaped(text)).collect();
        let _ = writeln!(page, ".SH AUTHORS\n{}", authors.join(",\n"));
    }
    page += ".SH SEE ALSO\n.BR modprobe (8),\n.BR modinfo (8),\n.BR modprobe.d (5)\n";
    page
}

/// What mandb(8) shows: one line.
fn summary(module: &Module) -> &str {
    let first = module.description.lines().next().unwrap_or_default();
    match first.trim_end_matches('.') {
        "" => "kernel module",
        text => text,
    }
}

fn file_entry(file: &File) -> String {
    let path = file.path.replace(INDEX, "N");
    let mode = match (file.mode, file.is_device()) {
        (0, true) => "0600".to_owned(),
        (mode, _) => format!("{mode:04o}"),
    };
    let of_device = match file.is_of_device {
        true => " Each device has one.",
        false => "",
    };
    // Its path is said already.
    let docs = file
        .docs
        .strip_prefix(&format!("{path}: "))
        .unwrap_or(&file.docs);
    let text = format!("{docs}\n\nMode: {mode}.{of_device}");
    format!(".TP\n.I {}\n", escaped(&path)) + &paragraphs(text.trim_start(), ".IP")
}

fn command_entry(command: &Command) -> String {
    let argument = match (&command.payload, command.takes_value) {
        (Some(ty), _) => format!("The argument points to {}.", named(ty)),
        (None, true) => "The argument is an unsigned long.".to_owned(),
        (None, false) => "There is no argument.".to_owned(),
    };
    let returns = match command.returns_value {
        true => " The result is a number.",
        false => "",
    };
    let how = match &*command.r#macro {
        "_IOR" => " The module writes it.",
        "_IOW" => " The module reads it.",
        "_IOWR" => " The module reads it, and writes it.",
        _ => "",
    };
    let text = format!("{}\n\n{argument}{how}{returns}", command.docs);
    let number = format!("{:#010x}", command.number);
    format!(".TP\n.BR {} \" ({number})\"\n", escaped(&command.name))
        + &paragraphs(text.trim_start(), ".IP")
}

/// How each is traced, and what it holds.
fn events(module: &Module, events: &[Event]) -> String {
    let name = &module.name;
    let usage = format!(
        "While the module is loaded, tracers see these, as root.\n\n\
         `perf record -e '{name}:*' -a` records all of them, `perf script` shows them then.\n\n\
         `bpftrace -e 'tracepoint:{name}:* {{ @[probe] = count(); }}'` counts them.\n\n\
         `echo 1 > /sys/kernel/tracing/events/{name}/enable` has `/sys/kernel/tracing/trace_pipe` show them."
    );
    let mut page = ".SH TRACE EVENTS\n".to_owned() + &paragraphs(&usage, ".PP");
    for event in events {
        let fields = event.fields.iter().map(|field| match &field.kind {
            EventKind::Value { r#type } => format!("`{}` ({type})", field.name),
            EventKind::Array { array, len, .. } => format!("`{}` ({array}[{len}])", field.name),
            EventKind::Text { .. } => format!("`{}` (text)", field.name),
        });
        let fields: Vec<String> = fields.collect();
        let _ = writeln!(
            page,
            ".TP\n.B {}",
            escaped(&format!("{name}:{}", event.full_name(module)))
        );
        page += &paragraphs(&format!("Fields: {}.", fields.join(", ")), ".IP");
    }
    page
}

fn export_entry(module: &Module, function: &Function) -> String {
    let mut text = function.docs.clone();
    let _ = write!(text, "\n\nDeclared in `{}_rust.h`.", module.name);
    if let Some(export) = &function.export {
        if export.gpl {
            text += " For modules under the GPL.";
        }
        if !export.namespace.is_empty() {
            let _ = write!(text, " In the namespace `{}`.", export.namespace);
        }
    }
    format!(".TP\n.B {}\n", escaped(&declaration(function))) + &paragraphs(text.trim_start(), ".IP")
}

/// What a program calls a type.
fn named(ty: &Type) -> String {
    let base = match ty.element() {
        Type::Struct { r#struct } => format!("`struct {}`", r#struct.name),
        Type::Int { int } => match int.strip_prefix('i') {
            Some(bits) => format!("`__s{bits}`"),
            None => format!("`__{int}`"),
        },
        Type::Array { .. } => String::new(),
    };
    let lengths: String = ty.lengths().iter().map(|len| format!("[{len}]")).collect();
    format!("{base}{lengths}")
}

/// Paragraphs, with the macro that parts them between.
fn paragraphs(text: &str, between: &str) -> String {
    let mut page = String::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            is_open = false;
            continue;
        }
        if !is_open && !page.is_empty() {
            let _ = writeln!(page, "{between}");
        }
        is_open = true;
        let _ = writeln!(page, "{}", inline(line));
    }
    page
}

/// A line of a doc comment: what stands between backticks is bold.
fn inline(line: &str) -> String {
    let mut text = String::new();
    let parts: Vec<&str> = line.split('`').collect();
    let last = parts.len() - 1;
    for (index, part) in parts.iter().enumerate() {
        match index % 2 == 1 {
            true if index < last => _ = write!(text, "\\fB{}\\fP", plain(part)),
            // One without a partner.
            true => text += &plain(&format!("`{part}")),
            false => text += &plain(part),
        }
    }
    guarded(text)
}

/// A text that stands in a line by itself.
fn escaped(text: &str) -> String {
    guarded(plain(text))
}

/// A line that begins with a dot or a quote would be a request.
fn guarded(text: String) -> String {
    match text.starts_with(['.', '\'']) {
        true => format!("\\&{text}"),
        false => text,
    }
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '\\' => plain += "\\e",
            '-' => plain += "\\-",
            '"' => plain += "\\(dq",
            '\'' => plain += "\\(aq",
            '`' => plain += "\\(ga",
            '~' => plain += "\\(ti",
            '^' => plain += "\\(ha",
            letter => plain.push(letter),
        }
    }
    plain
}

/// A macro's argument.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_a_request() {
        assert_eq!(
            paragraphs(".so /etc/passwd\n\n'x \\n \"-\"\nmore", ".IP"),
            "\\&.so /etc/passwd\n.IP\n\\(aqx \\en \\(dq\\-\\(dq\nmore\n"
        );
    }

    #[test]
    fn code_is_bold() {
        assert_eq!(inline("a `b-c` d"), "a \\fBb\\-c\\fP d");
        assert_eq!(inline("a ` d"), "a \\(ga d");
    }
}
