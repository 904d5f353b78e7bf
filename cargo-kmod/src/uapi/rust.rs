// SPDX-License-Identifier: GPL-2.0-only
//! The Rust crate.

use std::fmt::Write as _;

use super::describe::{Described, Struct, Type};

/// Its Cargo.toml.
pub fn manifest(name: &str, version: &str) -> String {
    format!(
        "# SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note\n\
         # Made of the module's source by `cargo kmod uapi`.\n\
         [package]\n\
         name = \"{name}-uapi\"\n\
         version = \"{version}\"\n\
         edition = \"2021\"\n\
         license = \"GPL-2.0-only WITH Linux-syscall-note\"\n\
         description = \"What the kernel module {name} shares with userspace\"\n\n\
         # Of no workspace but its own.\n\
         [workspace]\n"
    )
}

/// Its lib.rs.
pub fn library(name: &str, described: &Described) -> String {
    let mut text = format!(
        "// SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note\n\
         // Made of the module's source by `cargo kmod uapi`.\n\
         //! What the kernel module {name} shares with userspace.\n\
         #![no_std]\n"
    );
    for found in &described.structs {
        text.push('\n');
        text += &structure(found);
    }
    for commands in &described.commands {
        for command in &commands.commands {
            text.push('\n');
            text += &docs(&command.docs, "");
            let _ = writeln!(
                text,
                "pub const {}: u32 = {:#010x};",
                command.name, command.number
            );
        }
    }
    text
}

fn structure(found: &Struct) -> String {
    let name = &found.rust_name;
    let mut text = docs(&found.docs, "");
    let _ = write!(
        text,
        "#[repr(C)]\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         pub struct {name} {{\n"
    );
    for field in &found.fields {
        text += &docs(&field.docs, "    ");
        let _ = writeln!(text, "    pub {}: {},", field.rust_name, ty(&field.r#type));
    }
    let _ = write!(
        text,
        "}}\n\n\
         const _: () = assert!(core::mem::size_of::<{name}>() == {});\n",
        found.size
    );
    text
}

fn docs(docs: &str, indent: &str) -> String {
    docs.lines().fold(String::new(), |mut text, line| {
        let line = format!("{indent}/// {line}");
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}

fn ty(ty: &Type) -> String {
    match ty {
        Type::Int { int } => int.clone(),
        Type::Array { len, array } => format!("[{}; {len}]", self::ty(array)),
        Type::Struct { r#struct } => r#struct.rust_name.clone(),
    }
}
