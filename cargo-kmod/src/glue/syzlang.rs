// SPDX-License-Identifier: GPL-2.0-only
//! The description for syzkaller, in its own language: what opens the module's files, the calls on them, the structs.

use std::fmt::Write as _;

use super::{commented, origin};
use crate::uapi::{Command, Described, INDEX, Module, Struct, Type};

/// So many devices are opened of those of which there may be several.
const DEVICES: usize = 4;

/// The description; nothing if the module has no file that could be opened.
pub fn description(module: &Module, described: &Described) -> Option<String> {
    let name = module.name.replace('-', "_");
    let [nodes, texts] = [true, false].map(|is_node| numbered(described.paths(is_node)));
    if nodes.is_empty() && texts.is_empty() {
        return None;
    }
    let mut text = origin("#");
    for (kind, paths) in [("device", &nodes), ("file", &texts)] {
        if paths.is_empty() {
            continue;
        }
        let fd = format!("fd_{name}_{kind}");
        let listed: Vec<String> = paths.iter().map(|path| format!("\"{path}\"")).collect();
        let _ = write!(
            text,
            "\nresource {fd}[fd]\n\n\
             {name}_{kind}s = {}\n\n\
             openat${name}_{kind}(fd const[AT_FDCWD], file ptr[in, string[{name}_{kind}s]], \
             flags flags[open_flags], mode const[0]) {fd}\n\
             read${name}_{kind}(fd {fd}, buf buffer[out], count len[buf])\n\
             write${name}_{kind}(fd {fd}, buf buffer[in], count len[buf])\n\
             lseek${name}_{kind}(fd {fd}, offset fileoff, whence flags[seek_whence])\n",
            listed.join(", ")
        );
    }
    if !nodes.is_empty() {
        let commands = described.commands.iter().flat_map(|set| &set.commands);
        let commands: Vec<&Command> = commands.collect();
        if !commands.is_empty() {
            text.push('\n');
        }
        for command in commands {
            text += &commented(&command.docs, "#");
            let _ = writeln!(
                text,
                "ioctl${}(fd fd_{name}_device, cmd const[{:#x}], arg {})",
                command.name,
                command.number,
                argument(command)
            );
        }
        for found in &described.structs {
            text += &structure(found);
        }
    }
    Some(text)
}

/// Paths in which a number stands for each device.
fn numbered(paths: Vec<String>) -> Vec<String> {
    let numbered = paths.into_iter().flat_map(|path| {
        let count = if path.contains(INDEX) { DEVICES } else { 1 };
        (0..count).map(move |at| path.replace(INDEX, &at.to_string()))
    });
    numbered.collect()
}

fn argument(command: &Command) -> String {
    let Some(payload) = &command.payload else {
        return match command.takes_value {
            true => "intptr".to_owned(),
            false => "const[0]".to_owned(),
        };
    };
    let direction = match &*command.r#macro {
        "_IOR" => "out",
        "_IOW" => "in",
        _ => "inout",
    };
    format!("ptr[{direction}, {}]", of_type(payload))
}

fn structure(found: &Struct) -> String {
    let mut text = format!("\n{}{} {{\n", commented(&found.docs, "#"), found.name);
    for field in &found.fields {
        let _ = writeln!(text, "\t{}\t{}", field.name, of_type(&field.r#type));
    }
    text + "}\n"
}

fn of_type(ty: &Type) -> String {
    match ty {
        Type::Int { int } => format!("int{}", int.trim_start_matches(['i', 'u'])),
        Type::Struct { r#struct } => r#struct.name.clone(),
        Type::Array { len, array } => format!("array[{}, {len}]", of_type(array)),
    }
}
