// SPDX-License-Identifier: GPL-2.0-only
//! The C header.

use std::fmt::Write as _;

use super::describe::{Command, Described, Struct, Type};

/// The header `NAME.h`.
pub fn header(name: &str, described: &Described) -> String {
    let guard = format!("_{}_H", name.to_uppercase());
    let mut text = format!(
        "/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */\n\
         /* Made of the module's source by `cargo kmod uapi`. */\n\
         #ifndef {guard}\n\
         #define {guard}\n\n\
         #include <linux/ioctl.h>\n\
         #include <linux/types.h>\n"
    );
    for found in &described.structs {
        text.push('\n');
        text += &structure(found);
    }
    for commands in &described.commands {
        text.push('\n');
        text += &comment(&commands.docs, "");
        for found in &commands.commands {
            text.push('\n');
            text += &command(found, commands.magic);
        }
    }
    let _ = write!(text, "\n#endif /* {guard} */\n");
    text
}

fn structure(found: &Struct) -> String {
    let mut text = comment(&found.docs, "");
    let _ = writeln!(text, "struct {} {{", found.name);
    for field in &found.fields {
        text += &comment(&field.docs, "\t");
        let lengths: String = lengths(&field.r#type);
        let _ = writeln!(text, "\t{} {}{lengths};", base(&field.r#type), field.name);
    }
    text + "};\n"
}

fn command(found: &Command, magic: u8) -> String {
    let mut notes = Vec::new();
    if found.takes_value {
        notes.push("The argument is a number, an unsigned long.");
    }
    if found.returns_value {
        notes.push("ioctl() returns a number, an int.");
    }
    let docs = [found.docs.as_str(), &notes.join("\n")].join("\n");
    let mut text = comment(docs.trim(), "");
    let magic = match magic {
        b'\'' | b'\\' => format!("{magic:#04x}"),
        letter if letter.is_ascii_graphic() => format!("'{}'", char::from(letter)),
        other => format!("{other:#04x}"),
    };
    let payload = found.payload.as_ref();
    let payload = payload.map_or_else(String::new, |ty| format!(", {}{}", base(ty), lengths(ty)));
    let _ = writeln!(
        text,
        "#define {} {}({magic}, {:#04x}{payload})",
        found.name, found.r#macro, found.nr
    );
    text
}

/// A program that compiles if the header says what the module has.
pub fn assertions(name: &str, described: &Described) -> String {
    let mut text = format!(
        "#include <stddef.h>\n#include \"{name}.h\"\n\
         #ifdef __cplusplus\n#define _Static_assert static_assert\n#endif\n"
    );
    let mut assert = |condition: String| {
        let _ = writeln!(
            text,
            "_Static_assert({condition}, \"as the module has it\");"
        );
    };
    for found in &described.structs {
        let name = &found.name;
        assert(format!("sizeof(struct {name}) == {}", found.size));
        for field in &found.fields {
            let offset = format!("offsetof(struct {name}, {})", field.name);
            assert(format!("{offset} == {}", field.offset));
        }
    }
    for found in described.commands.iter().flat_map(|set| &set.commands) {
        assert(format!("{} == {:#x}U", found.name, found.number));
    }
    text
}

/// A doc comment as C has it.
fn comment(docs: &str, indent: &str) -> String {
    let docs = docs.replace("*/", "* /");
    let lines: Vec<&str> = docs.lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/* {line} */\n"),
        lines => {
            let mut text = format!("{indent}/*\n");
            for line in lines {
                let line = format!("{indent} * {line}");
                let _ = writeln!(text, "{}", line.trim_end());
            }
            text + indent + " */\n"
        }
    }
}

/// The type without its lengths.
fn base(ty: &Type) -> String {
    match ty.element() {
        Type::Int { int } => match int.strip_prefix('i') {
            Some(bits) => format!("__s{bits}"),
            None => format!("__{int}"),
        },
        Type::Struct { r#struct } => format!("struct {}", r#struct.name),
        Type::Array { .. } => unreachable!("an array's element is none"),
    }
}

fn lengths(ty: &Type) -> String {
    let lengths = ty.lengths();
    lengths.iter().map(|length| format!("[{length}]")).collect()
}

#[cfg(test)]
mod tests {
    use super::comment;

    #[test]
    fn comments_do_not_end_early() {
        assert_eq!(comment("", ""), "");
        assert_eq!(comment("One */ line.", "\t"), "\t/* One * / line. */\n");
        assert_eq!(
            comment("Two\n\nlines.", ""),
            "/*\n * Two\n *\n * lines.\n */\n"
        );
    }
}
