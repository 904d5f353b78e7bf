// SPDX-License-Identifier: GPL-2.0-only
//! The C headers: for userspace, and for the module's own C.

use std::fmt::Write as _;

use super::describe::{Command, Described, Function, Kind, Struct, Type, Value};

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

/// The header `NAME_rust.h`: what C calls of Rust's, and Rust of C's.
pub fn functions(name: &str, described: &Described) -> String {
    let guard = format!("_{}_RUST_H", name.to_uppercase());
    let mut text = format!(
        "/* SPDX-License-Identifier: GPL-2.0-only */\n\
         /* Made of the crate's #[export_c] and #[import_c] by each build. */\n\
         #ifndef {guard}\n\
         #define {guard}\n\n\
         #include <linux/types.h>\n"
    );
    for found in &described.structs {
        text.push('\n');
        text += &structure(found);
    }
    for (is_rusts, whose) in [(true, "In Rust, for C."), (false, "In C, for Rust.")] {
        let functions = described.functions.iter();
        let mut functions = functions
            .filter(|function| function.is_rusts == is_rusts)
            .peekable();
        if functions.peek().is_some() {
            let _ = write!(text, "\n/* {whose} */\n");
        }
        for found in functions {
            text.push('\n');
            text += &function(found);
        }
    }
    let _ = write!(text, "\n#endif /* {guard} */\n");
    text
}

fn function(found: &Function) -> String {
    // gcc then warns of a NULL that it sees.
    let numbers = (1..).zip(&found.params);
    let references: Vec<String> = numbers
        .filter(|(_, param)| found.is_rusts && param.value.kind == Kind::Reference)
        .map(|(number, _)| number.to_string())
        .collect();
    let nonnull = match references.is_empty() {
        true => String::new(),
        false => format!(" __attribute__((nonnull({})))", references.join(", ")),
    };
    comment(&found.docs, "") + &format!("{}{nonnull};\n", declaration(found))
}

/// A function, as C declares it.
pub fn declaration(found: &Function) -> String {
    let params = found.params.iter();
    let params: Vec<String> = params
        .map(|param| value(&param.value, &param.name))
        .collect();
    let params = match params.is_empty() {
        true => "void".to_owned(),
        false => params.join(", "),
    };
    value(&found.returns, &format!("{}({params})", found.name))
}

/// The structs that a function's callers have to know, without words: one after those that it holds.
pub fn layout(found: &Function) -> Vec<String> {
    let mut layouts = Vec::new();
    let values = found.params.iter().map(|param| &param.value);
    for ty in values
        .chain([&found.returns])
        .filter_map(|value| value.r#type.as_ref())
    {
        layouts_of(ty, &mut layouts);
    }
    layouts
}

fn layouts_of(ty: &Type, layouts: &mut Vec<String>) {
    let Type::Struct { r#struct: found } = ty.element() else {
        return;
    };
    for field in &found.fields {
        layouts_of(&field.r#type, layouts);
    }
    let fields = found.fields.iter().map(|field| {
        let (ty, lengths) = (base(&field.r#type), lengths(&field.r#type));
        format!(" {ty} {}{lengths};", field.name)
    });
    let layout = format!("struct {} {{{} }};", found.name, fields.collect::<String>());
    if !layouts.contains(&layout) {
        layouts.push(layout);
    }
}

/// The declaration of something of that type; the types are the kernel's own.
fn value(value: &Value, name: &str) -> String {
    let plain = |ty: &Type| match ty.element() {
        Type::Int { int } => match int.strip_prefix('i') {
            Some(bits) => format!("s{bits}"),
            None => int.clone(),
        },
        other => base(other),
    };
    match (value.kind, &value.r#type) {
        (Kind::Bool, _) => format!("bool {name}"),
        (Kind::Usize, _) => format!("size_t {name}"),
        (Kind::Isize, _) => format!("ssize_t {name}"),
        (Kind::Plain, Some(ty)) => format!("{} {name}", plain(ty)),
        (Kind::Reference | Kind::Pointer, Some(ty)) => {
            let constant = if value.is_mut { "" } else { "const " };
            match lengths(ty).as_str() {
                "" => format!("{constant}{} *{name}", plain(ty)),
                lengths => format!("{constant}{} (*{name}){lengths}", plain(ty)),
            }
        }
        (Kind::Void | Kind::Plain | Kind::Reference | Kind::Pointer, _) => format!("void {name}"),
    }
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
    use super::{comment, functions};
    use crate::uapi::Described;

    #[test]
    fn functions_are_declared_as_c_has_them() {
        let line = r#"{"struct":{"name":"z","rust_name":"Z","docs":"","size":1,"fields":[{"name":"a","rust_name":"a","docs":"","offset":0,"type":{"int":"u8"}}]}}"#;
        let value = |kind: &str, ty: &str, is_mut: bool| {
            let ty = match ty {
                "" => String::new(),
                ty => format!(r#""type":{ty},"#),
            };
            format!(r#"{{"kind":"{kind}",{ty}"is_mut":{is_mut}}}"#)
        };
        let array = r#"{"len":2,"array":{"len":3,"array":{"int":"i16"}}}"#;
        let param = |name: &str, value: String| format!(r#"{{"name":"{name}","value":{value}}}"#);
        let params = [
            param("at", value("reference", line, true)),
            param("rows", value("reference", array, false)),
            param("left", value("usize", "", false)),
        ]
        .join(",");
        let rusts = format!(
            r#"{{"function":{{"name":"z_put","docs":"Puts.","is_rusts":true,"params":[{params}],"returns":{}}}}}"#,
            value("bool", "", false)
        );
        let cs = format!(
            r#"{{"function":{{"name":"z_get","docs":"","is_rusts":false,"params":[{}],"returns":{}}}}}"#,
            param("at", value("pointer", r#"{"int":"u8"}"#, false)),
            value("plain", r#"{"int":"i32"}"#, false)
        );
        let none = r#"{"function":{"name":"z_end","docs":"","is_rusts":false,"params":[],"returns":{"kind":"void","is_mut":false}}}"#;
        let described = Described::of(&format!("{rusts}\n{cs}\n{none}\n")).unwrap();
        let header = functions("z", &described);
        for line in [
            "struct z {\n\t__u8 a;\n};\n",
            "/* Puts. */\nbool z_put(struct z *at, const s16 (*rows)[2][3], size_t left) \
             __attribute__((nonnull(1, 2)));\n",
            "s32 z_get(const u8 *at);\n",
            "void z_end(void);\n",
        ] {
            assert!(header.contains(line), "{line} is not in\n{header}");
        }
        let twice = format!("{none}\n{none}\n");
        assert!(Described::of(&twice).is_err());
    }

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
