// SPDX-License-Identifier: GPL-2.0-only
//! The module's trace events: C's side of them, written and compiled for the link.
//!
//! It is what an author in C writes: a header with a `TRACE_EVENT()` for each, read again and again by the
//! kernel's `<trace/define_trace.h>`, and a function for Rust to call, which takes the values of all fields. The
//! module is under the kernel's own licence, or the kernel would not trace it.

use std::fmt::Write as _;

use anyhow::{Context as _, Error, Result, bail};
use kmod_build::env::KernelEnv;
use object::{Object as _, ObjectSection as _};

use super::link::Member;
use super::{Request, generated, makefile};
use crate::error::unfit;
use crate::uapi::{Event, EventField, EventKind};

/// The ending of the folder beside the object.
pub const FOLDER: &str = "events";

/// What `<trace/define_trace.h>` includes: a name without a word that could be one of C's macros.
const HEADER: &str = "kmod_trace_events.h";

/// The most characters of `module:event`, as the kernel takes them in `set_event`.
const NAME_MAX: usize = 126;

/// The one licence that `#[kernel_module]` lets through and that is not free.
const PROPRIETARY: &str = "license=Proprietary";

/// The object of C's side, if there are events.
pub fn object(
    request: &Request,
    kernel: &KernelEnv,
    module: &[u8],
    events: &[Event],
) -> Result<Option<Member>> {
    let Some(first) = events.first() else {
        return Ok(None);
    };
    let file = object::File::parse(module).context("cargo made no object")?;
    let name = makefile::name(&file)?.unwrap_or_default();
    if is_proprietary(&file)? {
        bail!(
            unfit(format!(
                "{}: the kernel takes trace events of modules under the GPL only",
                first.place
            ))
            .help("write `license = \"GPL\"`, or leave `#[trace_event]` out")
        );
    }
    for event in events {
        let long = name.len() * 2 + event.name.len() + 2;
        if long > NAME_MAX {
            bail!(
                unfit(format!(
                    "{}: `{name}:{name}_{}` is longer than the {NAME_MAX} characters by which the kernel knows an \
                     event",
                    event.place, event.name
                ))
                .help("take a shorter name for the struct")
            );
        }
    }

    let files = [
        (HEADER, header(&name, events)),
        ("events.c", code(&name, events)),
    ];
    match generated::compile(request, kernel, FOLDER, &files)? {
        Ok(object) => Ok(Some(object)),
        Err(said) => Err(refused(said)),
    }
}

/// Whether the module says so of itself.
fn is_proprietary(file: &object::File) -> Result<bool> {
    let Some(section) = file.section_by_name(".modinfo") else {
        return Ok(false);
    };
    let mut entries = section.data()?.split(|byte| *byte == 0);
    Ok(entries.any(|entry| entry == PROPRIETARY.as_bytes()))
}

/// Why the kernel's compiler does not take it: what is asserted says so by itself.
fn refused(said: String) -> Error {
    let asserted = said
        .lines()
        .find_map(|line| line.split_once("static assertion failed: \""));
    match asserted {
        Some((_, rule)) => {
            let rule = rule.trim_end().trim_end_matches('"').replace("\\'", "'");
            unfit(rule).help("take another name").into()
        }
        None => Error::msg(said),
    }
}

/// The header that the kernel's headers read several times.
fn header(module: &str, events: &[Event]) -> String {
    let mut text = format!(
        "/* SPDX-License-Identifier: GPL-2.0-only */\n\
         #undef TRACE_SYSTEM\n\
         #define TRACE_SYSTEM {module}\n\n\
         #if !defined(KMOD_TRACE_EVENTS_H) || defined(TRACE_HEADER_MULTI_READ)\n\
         #define KMOD_TRACE_EVENTS_H\n\n\
         #include <linux/tracepoint.h>\n"
    );
    for event in events {
        let _ = write!(text, "\n{}", trace_event(module, event));
    }
    text + &format!(
        "\n#endif\n\n\
         #undef TRACE_INCLUDE_PATH\n\
         #define TRACE_INCLUDE_PATH .\n\
         #undef TRACE_INCLUDE_FILE\n\
         #define TRACE_INCLUDE_FILE {}\n\
         #include <trace/define_trace.h>\n",
        HEADER.trim_end_matches(".h")
    )
}

/// What an author in C writes for an event.
fn trace_event(module: &str, event: &Event) -> String {
    let name = &event.name;
    let (mut entry, mut assign) = (String::new(), String::new());
    let (mut formats, mut arguments) = (Vec::new(), String::new());
    for (index, EventField { name, kind }) in event.fields.iter().enumerate() {
        let (format, argument) = match kind {
            EventKind::Value { r#type } => {
                let _ = writeln!(entry, "\t\t__field({type}, {name})");
                let _ = writeln!(assign, "\t\t__entry->{name} = event[{index}].word;");
                (format_of(r#type), format!("__entry->{name}"))
            }
            EventKind::Array { array, size, len } => {
                let _ = writeln!(entry, "\t\t__array({array}, {name}, {len})");
                let _ = writeln!(
                    assign,
                    "\t\tmemcpy(__entry->{name}, KMOD_AT(event[{index}]), sizeof(__entry->{name}));"
                );
                let shown = match (array.as_str(), size) {
                    ("char", _) => format!("__entry->{name}"),
                    (_, 1) => format!("__print_hex(__entry->{name}, {len})"),
                    _ => format!("__print_array(__entry->{name}, {len}, {size})"),
                };
                ("%s", shown)
            }
            EventKind::Text { .. } => {
                let _ = writeln!(
                    entry,
                    "\t\t__dynamic_array(char, {name}, event[{index}].len + 1)"
                );
                let _ = write!(
                    assign,
                    "\t\tmemcpy(__get_dynamic_array({name}), KMOD_AT(event[{index}]), event[{index}].len);\n\
                     \t\t((char *)__get_dynamic_array({name}))[event[{index}].len] = '\\0';\n"
                );
                ("%s", format!("__get_str({name})"))
            }
        };
        formats.push(format!("{name}={format}"));
        let _ = write!(arguments, ",\n\t\t{argument}");
    }
    let formats = formats.join(" ");
    format!(
        "TRACE_EVENT({module}_{name},\n\
         \tTP_PROTO(const struct kmod_trace_value *event),\n\
         \tTP_ARGS(event),\n\
         \tTP_STRUCT__entry(\n{entry}\t),\n\
         \tTP_fast_assign(\n{assign}\t),\n\
         \tTP_printk(\"{formats}\"{arguments})\n\
         );\n"
    )
}

/// How a value is shown, by its type in C.
fn format_of(ty: &str) -> &'static str {
    match ty {
        "u64" => "%llu",
        "unsigned long" => "%lu",
        "s64" => "%lld",
        "long" => "%ld",
        "u8" | "u16" | "u32" => "%u",
        _ => "%d",
    }
}

/// What defines the events, and the functions that Rust calls.
fn code(module: &str, events: &[Event]) -> String {
    let mut text = String::from(
        "// SPDX-License-Identifier: GPL-2.0-only\n\
         #include <linux/build_bug.h>\n\
         #include <linux/module.h>\n\
         #include <linux/stringify.h>\n\
         #include <linux/tracepoint.h>\n\
         #include <linux/types.h>\n\n\
         /* A name stays itself: no macro of the kernel's has it. */\n\
         #define KMOD_IS_PLAIN(name, length) (sizeof(__stringify(name)) == (length) + 1)\n\n\
         /* Of each field a number or an address, and of a text the length. */\n\
         struct kmod_trace_value {\n\
         \tu64 word;\n\
         \tu64 len;\n\
         };\n\
         #define KMOD_AT(value) ((const void *)(unsigned long)(value).word)\n\n",
    );
    let plain = |what: &str, name: &str| {
        let length = name.len();
        format!(
            "_Static_assert(KMOD_IS_PLAIN({name}, {length}), \"{what} cannot be called `{name}` in a trace event: the \
             kernel's C has a macro of that name\");\n"
        )
    };
    text += &plain("a module", module);
    for Event { place, fields, .. } in events {
        for field in fields {
            text += &plain(&format!("{place}: a field"), &field.name);
        }
    }
    let _ = write!(
        text,
        "\n#define CREATE_TRACE_POINTS\n\
         #include \"{HEADER}\"\n\n\
         #ifdef CONFIG_TRACEPOINTS\n"
    );
    for Event { name, .. } in events {
        let _ = write!(
            text,
            "extern struct tracepoint kmod_point_{name} __attribute__((alias(\"__tracepoint_{module}_{name}\")));\n\
             void kmod_event_{name}(const struct kmod_trace_value *event);\n\
             void kmod_event_{name}(const struct kmod_trace_value *event)\n\
             {{\n\
             \ttrace_{module}_{name}(event);\n\
             }}\n"
        );
    }
    text + "#endif\n"
}
