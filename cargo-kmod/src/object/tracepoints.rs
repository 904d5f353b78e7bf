// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel calls at tracepoints: functions in C, of the prototypes in the kernel's own headers.
//!
//! The kernel calls all that hang on a tracepoint through a pointer, with the arguments of that tracepoint in this
//! kernel. So nobody writes such a function out: its header is read a second time, as the kernel's
//! `<trace/bpf_probe.h>` reads it, with macros that make one of each prototype. It hands the arguments on as words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Error, Result};
use kmod_build::env::KernelEnv;

use super::link::Member;
use super::{Request, generated};
use crate::error::unfit;
use crate::uapi::Tracepoint;

/// The ending of the folder beside the object.
pub const FOLDER: &str = "tracepoints";

/// Where the kernel's headers with tracepoints are, below its folders of headers.
const HEADERS: &str = "trace/events";

/// The most arguments of a tracepoint: BPF's programs, which hang on all of them, take no more.
const ARGUMENTS: usize = 12;

/// The macros by which headers declare tracepoints with their prototypes, and what stands before the name and
/// behind the arguments.
const DECLARE: [(&str, &str, &str); 16] = [
    ("TRACE_EVENT", "", ", ..."),
    ("TRACE_EVENT_CONDITION", "", ", ..."),
    ("TRACE_EVENT_FN", "", ", ..."),
    ("TRACE_EVENT_FN_COND", "", ", ..."),
    ("TRACE_EVENT_SYSCALL", "", ", ..."),
    ("DEFINE_EVENT", "template, ", ""),
    ("DEFINE_EVENT_FN", "template, ", ", ..."),
    ("DEFINE_EVENT_CONDITION", "template, ", ", ..."),
    ("DEFINE_EVENT_PRINT", "template, ", ", ..."),
    ("DEFINE_EVENT_WRITABLE", "template, ", ", ..."),
    ("DECLARE_TRACE", "", ""),
    ("DECLARE_TRACE_CONDITION", "", ", ..."),
    ("DECLARE_TRACE_WRITABLE", "", ", ..."),
    ("DECLARE_TRACE_SYSCALL", "", ""),
    ("DECLARE_TRACE_EVENT", "", ""),
    ("DECLARE_TRACE_EVENT_CONDITION", "", ", ..."),
];

/// Those that declare none.
const OTHERS: [&str; 9] = [
    "DECLARE_EVENT_CLASS",
    "DECLARE_EVENT_CLASS_NOP",
    "DECLARE_EVENT_SYSCALL_CLASS",
    "DEFINE_EVENT_NOP",
    "TRACE_EVENT_NOP",
    "TRACE_EVENT_FLAGS",
    "TRACE_EVENT_PERF_PERM",
    "TRACE_DEFINE_ENUM",
    "TRACE_DEFINE_SIZEOF",
];

/// The objects with the functions, one for each header.
pub fn objects(
    request: &Request,
    kernel: &KernelEnv,
    tracepoints: &[Tracepoint],
) -> Result<Vec<Member>> {
    let mut headers = BTreeMap::<String, BTreeMap<&str, &str>>::new();
    for tracepoint in tracepoints {
        let Tracepoint {
            name,
            header,
            place,
        } = tracepoint;
        let header = match header.is_empty() {
            false => header.clone(),
            true => find(kernel, name).ok_or_else(|| {
                unfit(format!(
                    "{place}: no header of this kernel's in `{HEADERS}` declares a tracepoint `{name}`"
                ))
                .help(
                    "take a name in /sys/kernel/tracing/available_events, or say which header \
                     declares it: `header = \"trace/events/…\"`",
                )
            })?,
        };
        headers.entry(header).or_default().insert(name, place);
    }
    let mut objects = Vec::new();
    for (header, names) in &headers {
        let folder = format!("{FOLDER}.{}", header.replace('/', "."));
        let source = code(header, &names.keys().copied().collect());
        match generated::compile(request, kernel, &folder, &[("tracepoints.c", source)])? {
            Ok(object) => objects.push(object),
            Err(said) => return Err(refused(header, names, said)),
        }
    }
    Ok(objects)
}

/// Why the kernel's compiler does not take it, as far as it is the module's matter.
fn refused(header: &str, names: &BTreeMap<&str, &str>, said: String) -> Error {
    for (name, place) in names {
        if said.contains(&format!("kmod_hit_{name}")) || said.contains(&format!("type_{name}")) {
            return unfit(format!(
                "{place}: `{header}` declares no tracepoint `{name}` by its prototype"
            ))
            .help("say which header does: `header = \"trace/events/…\"`")
            .into();
        }
    }
    if said.contains("No such file") {
        let place = names.values().next().unwrap_or(&"");
        return unfit(format!("{place}: this kernel has no header `{header}`"))
            .help("leave `header` out, or name it as in `#include <…>`")
            .into();
    }
    Error::msg(said)
}

/// The header that declares a tracepoint.
fn find(kernel: &KernelEnv, name: &str) -> Option<String> {
    let folders = kernel.helper_flags().iter();
    for folder in folders.filter_map(|flag| flag.strip_prefix("-I")) {
        let entries = fs::read_dir(Path::new(folder).join(HEADERS));
        // In an order that is always the same.
        let files: BTreeSet<_> = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        let found = files.iter().find(|file| {
            file.extension().is_some_and(|end| end == "h")
                && fs::read(file).is_ok_and(|text| declares(&String::from_utf8_lossy(&text), name))
        });
        if let Some(file) = found {
            let file = file.file_name()?.to_string_lossy();
            return Some(format!("{HEADERS}/{file}"));
        }
    }
    None
}

/// Whether a header's text declares a tracepoint of that name.
fn declares(text: &str, name: &str) -> bool {
    DECLARE.iter().any(|(declare, before, _)| {
        let begin = format!("{declare}(");
        text.match_indices(&begin).any(|(at, _)| {
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if text[..at].ends_with(is_word) {
                return false;
            }
            let mut arguments = text[at + begin.len()..].split([',', ')']).map(str::trim);
            let named = match before.is_empty() {
                true => arguments.next(),
                false => arguments.nth(1),
            };
            let is_event = !declare.starts_with("DECLARE_TRACE") || declare.contains("EVENT");
            // Those without an event end so, since 6.16 without being written so.
            named == Some(name) || !is_event && named == name.strip_suffix("_tp")
        })
    })
}

/// The source: the functions of a header, and what gives those of the tracepoints that are asked for.
fn code(header: &str, names: &BTreeSet<&str>) -> String {
    let mut text = format!(
        "// SPDX-License-Identifier: GPL-2.0-only\n\
         #include <linux/kernel.h>\n\
         #include <linux/module.h>\n\
         #include <linux/string.h>\n\
         #include <linux/tracepoint.h>\n\
         #include <linux/types.h>\n\
         #include <{header}>\n\n\
         #ifdef CONFIG_TRACEPOINTS\n\
         void kmod_tracepoint_hit(void *probe, const u64 *words, unsigned int count);\n\n\
         /* The bytes of a value, of what type it may be. */\n\
         #define KMOD_WORD(value) ({{ \\\n\
         \t__typeof__(value) kmod_from = (value); \\\n\
         \tu64 kmod_to = 0; \\\n\
         \tmemcpy(&kmod_to, &kmod_from, \\\n\
         \t       sizeof(kmod_from) < sizeof(kmod_to) ? sizeof(kmod_from) : sizeof(kmod_to)); \\\n\
         \tkmod_to; \\\n\
         }})\n\
         #define KMOD_WORDS_1(value) KMOD_WORD(value)\n"
    );
    for count in 2..=ARGUMENTS {
        let _ = writeln!(
            text,
            "#define KMOD_WORDS_{count}(value, ...) KMOD_WORD(value), KMOD_WORDS_{}(__VA_ARGS__)",
            count - 1
        );
    }
    let places: Vec<String> = (1..=ARGUMENTS).map(|at| format!("a{at}")).collect();
    let counts: Vec<String> = (1..=ARGUMENTS).rev().map(|at| at.to_string()).collect();
    let (places, counts) = (places.join(", "), counts.join(", "));
    let _ = write!(
        text,
        "#define KMOD_NTH({places}, n, ...) n\n\
         #define KMOD_COUNT(...) KMOD_NTH(__VA_ARGS__, {counts})\n\
         #define KMOD_PASTED(a, b) a##b\n\
         #define KMOD_PASTE(a, b) KMOD_PASTED(a, b)\n\
         #define KMOD_WORDS(...) KMOD_PASTE(KMOD_WORDS_, KMOD_COUNT(__VA_ARGS__))(__VA_ARGS__)\n\n\
         #define KMOD_HIT(name, proto, args) \\\n\
         static __maybe_unused notrace void kmod_hit_##name(void *kmod_probe, proto) \\\n\
         {{ \\\n\
         \tu64 kmod_words[] = {{ KMOD_WORDS(args) }}; \\\n\
         \tkmod_tracepoint_hit(kmod_probe, kmod_words, ARRAY_SIZE(kmod_words)); \\\n\
         }}\n\n\
         #ifdef DECLARE_TRACE_EVENT\n\
         #define KMOD_OF_TRACE(name) KMOD_PASTE(name, _tp)\n\
         #else\n\
         #define KMOD_OF_TRACE(name) name\n\
         #endif\n\
         #define KMOD_HIT_AS(name, proto, args) KMOD_HIT(name, PARAMS(proto), PARAMS(args))\n"
    );
    for name in OTHERS {
        let _ = write!(text, "#undef {name}\n#define {name}(...)\n");
    }
    for (name, before, behind) in DECLARE {
        let is_event = !name.starts_with("DECLARE_TRACE") || name.contains("EVENT");
        let called = if is_event {
            "name"
        } else {
            "KMOD_OF_TRACE(name)"
        };
        let _ = write!(
            text,
            "#undef {name}\n\
             #define {name}({before}name, proto, args{behind}) \
             KMOD_HIT_AS({called}, PARAMS(proto), PARAMS(args))\n"
        );
    }
    let _ = write!(
        text,
        "\n#define TRACE_HEADER_MULTI_READ\n\
         #include <{header}>\n\n"
    );
    for name in names {
        let _ = write!(
            text,
            "void *kmod_tracepoint_of_{name}(void);\n\
             void *kmod_tracepoint_of_{name}(void)\n\
             {{\n\
             \tcheck_trace_callback_type_{name}(kmod_hit_{name});\n\
             \treturn kmod_hit_{name};\n\
             }}\n"
        );
    }
    text + "#endif\n"
}

#[cfg(test)]
mod tests {
    use super::declares;

    #[test]
    fn a_declaration_is_found_by_its_name() {
        let header = "DECLARE_EVENT_CLASS(template,\n TP_PROTO(int a),\n TP_ARGS(a));\n\
            DEFINE_EVENT(template, second,\n\tTP_PROTO(int a),\n\tTP_ARGS(a));\n\
            TRACE_EVENT(first,\n\n\tTP_PROTO(int a), TP_ARGS(a));\n\
            DECLARE_TRACE(bare, TP_PROTO(int a), TP_ARGS(a));\n\
            MY_TRACE_EVENT(other);\n";
        for (name, is_there) in [
            ("first", true),
            ("second", true),
            ("bare", true),
            ("bare_tp", true),
            ("first_tp", false),
            ("template", false),
            ("other", false),
            ("irst", false),
        ] {
            assert_eq!(declares(header, name), is_there, "{name}");
        }
    }
}
