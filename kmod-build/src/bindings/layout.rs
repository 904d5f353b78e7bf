// SPDX-License-Identifier: GPL-2.0-only
//! The proof that C and Rust agree on every type in the bindings.
//!
//! bindgen takes sizes and offsets from libclang, and rustc compares its own with them. The
//! kernel, though, was built by another compiler, with flags that libclang never saw: so that
//! compiler is asked about each of them, with these flags. What bindgen has no number for, the
//! members of members without a name, rustc compares with what that compiler answers.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use bindgen::callbacks::{DiscoveredItem, DiscoveredItemId, ParseCallbacks};

use super::read::{self, ANONYMOUS, Layout, Member};
use crate::helpers::assembly;

/// What C calls the types: `struct file` for `file`.
#[derive(Clone, Debug, Default)]
pub struct CNames(Rc<RefCell<HashMap<String, String>>>);

impl ParseCallbacks for CNames {
    fn new_item_found(&self, _: DiscoveredItemId, item: DiscoveredItem) {
        let (tag, original, name) = match item {
            DiscoveredItem::Struct {
                original_name,
                final_name,
            } => ("struct", original_name, final_name),
            DiscoveredItem::Union {
                original_name,
                final_name,
            } => ("union", original_name, final_name),
            _ => return,
        };
        if let Some(original) = original {
            let c = format!("{tag} {original}");
            self.0.borrow_mut().insert(name, c);
        }
    }
}

impl CNames {
    /// By type what C calls it.
    fn c_names(&self, mistaken: &BTreeSet<String>) -> HashMap<String, String> {
        let names = self.0.borrow();
        let c_name = |(name, tagged): (&String, &String)| {
            let has_tag = name.ends_with("_t") == mistaken.contains(name);
            let c = if has_tag { tagged } else { name };
            (name.clone(), c.clone())
        };
        names.iter().map(c_name).collect()
    }
}

/// How C reaches a type. A member without a name has its fields in the type around it.
#[derive(Clone)]
struct Reach {
    /// The type, or the one around it that has its fields, in C.
    c: String,
    /// The same in Rust.
    rust: String,
    /// The way from there in Rust, through members that have no name in C.
    way: Vec<String>,
}

/// What C is asked about the bindings' types.
#[derive(Default)]
struct Probe {
    /// Declarations that hold only if C sees what the bindings say, and numbers to be read.
    c: String,
    /// What the numbers are of: the type, and the way to the field.
    numbers: Vec<(String, String)>,
}

/// An error that names each type and field on which the kernel's compiler and `bindings` do not
/// agree; else what rustc has to compare. `includes` is what the bindings were made of.
pub fn prove(
    cc: &str,
    flags: &[String],
    includes: &str,
    bindings: &str,
    names: &CNames,
) -> Result<String, String> {
    // A structure may have a tag, or only the name of a typedef; libclang does not tell. By the
    // kernel's style the latter end in _t, and the compiler tells of others.
    let mut mistaken: BTreeSet<String> = BTreeSet::new();
    let file = syn::parse_file(bindings)
        .map_err(|error| format!("bindgen's output is no Rust: {error}"))?;
    loop {
        let probe = probe(&file, names, &mistaken);
        let said = match assembly(cc, flags, &format!("{includes}{}", probe.c))? {
            Ok(assembly) => return rust(&probe, &assembly),
            Err(said) => said,
        };
        let before = mistaken.len();
        mistaken.extend(said.lines().filter_map(mistake));
        if mistaken.len() == before {
            return Err(describe(cc, &said));
        }
    }
}

/// The type that a message says is not known by that name.
fn mistake(line: &str) -> Option<String> {
    let quoted = |before: &str| {
        let (_, rest) = line.split_once(before)?;
        Some(rest.split(['\'', '’']).next()?.to_owned())
    };
    let tag = ["incomplete type 'struct ", "incomplete type 'union "];
    let tag = tag.iter().find_map(|before| quoted(before));
    let undeclared = line
        .contains("undeclared")
        .then(|| quoted("error: '"))
        .flatten();
    tag.or(undeclared)
}

/// What the compiler's errors come to.
fn describe(cc: &str, said: &str) -> String {
    let wrong: Vec<&str> = said
        .lines()
        .filter_map(|line| {
            line.split_once("static assertion failed: \"")?
                .1
                .split('"')
                .next()
        })
        .collect();
    match wrong.is_empty() {
        true => format!("{cc} cannot compile the comparison:\n{said}"),
        false => format!("{cc} and the bindings do not agree on {}", wrong.join(", ")),
    }
}

/// What C is to be asked about `bindings`.
fn probe(file: &syn::File, names: &CNames, mistaken: &BTreeSet<String>) -> Probe {
    let members = read::members(file);
    let names = names.c_names(mistaken);
    let mut probe = Probe::default();
    for layout in read::layouts(file) {
        let Layout { name, .. } = &layout;
        let Some(Reach { c, rust, way }) = reach(name, &members, &names) else {
            continue;
        };
        if way.is_empty() {
            probe.c += &format!(
                "_Static_assert(sizeof({c}) == {}, \"the size of {name}\");\n\
                 _Static_assert(_Alignof({c}) == {}, \"the alignment of {name}\");\n",
                layout.size, layout.align
            );
        }
        for (field, offset) in &layout.fields {
            let Some(c_field) = c_field(field) else {
                continue;
            };
            let c_offset = format!("__builtin_offsetof({c}, {c_field})");
            if way.is_empty() {
                probe.c += &format!(
                    "_Static_assert({c_offset} == {offset}, \"the field {name}::{field}\");\n"
                );
                continue;
            }
            // One more, since a zero is not written as a number.
            probe.c += &format!(
                "const unsigned long {NUMBER}{} = {c_offset} + 1;\n",
                probe.numbers.len()
            );
            let way = format!("{}.{field}", way.join("."));
            probe.numbers.push((rust.clone(), way));
        }
    }
    probe
}

const NUMBER: &str = "kmod_offset_";

/// The comparison of the numbers that the compiler wrote with rustc's own.
fn rust(probe: &Probe, assembly: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut lines = assembly.lines();
    let mut numbers: HashMap<&str, u64> = HashMap::new();
    while let Some(line) = lines.next() {
        if let Some(label) = line.strip_prefix(NUMBER) {
            let number = lines.next().unwrap_or_default().split_whitespace().last();
            let number = number.and_then(|number| number.parse().ok());
            numbers.extend(Some(label.trim_end_matches(':')).zip(number));
        }
    }
    for (index, (kind, way)) in probe.numbers.iter().enumerate() {
        let Some(offset) = numbers.get(index.to_string().as_str()) else {
            return Err(format!("the compiler gave no offset of {kind}::{way}"));
        };
        text += &format!(
            "const _: () = {{ [\"the field {kind}::{way}\"]\
             [::core::mem::offset_of!({kind}, {way}) - {}usize]; }};\n",
            offset - 1
        );
    }
    Ok(text)
}

fn reach(
    name: &str,
    members: &HashMap<String, Member>,
    names: &HashMap<String, String>,
) -> Option<Reach> {
    let itself = |c: String| Reach {
        c,
        rust: name.to_owned(),
        way: Vec::new(),
    };
    let Some((parent, _)) = name.rsplit_once(ANONYMOUS) else {
        let c = names.get(name).cloned();
        return Some(itself(c.unwrap_or_else(|| name.to_owned())));
    };
    let Member { field, element } = members.get(name)?;
    let mut around = reach(parent, members, names)?;
    let Some(c_field) = c_field(field) else {
        around.way.push(field.clone());
        return Some(around);
    };
    let (before, behind) = element;
    let c = format!("__typeof__({before}(({} *)0)->{c_field}{behind})", around.c);
    Some(itself(c))
}

/// A field's name in C, if it has one: bindgen makes names of its own, and mends Rust's keywords.
fn c_field(field: &str) -> Option<&str> {
    const OWN: &[&str] = &["__bindgen_", "_bitfield_", "_bindgen_opaque"];
    if OWN.iter().any(|own| field.starts_with(own)) {
        return None;
    }
    // bindgen puts an underscore behind what is a word of Rust's.
    match field.strip_suffix('_') {
        Some(word) if WORDS.contains(&word) => Some(word),
        _ => Some(field),
    }
}

/// The words of Rust that C's fields may be called.
const WORDS: &[&str] = &[
    "abstract", "alignof", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "offsetof", "override",
    "priv", "proc", "pub", "pure", "ref", "return", "Self", "self", "sizeof", "static", "struct",
    "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield", "str", "bool", "f32", "f64", "usize", "isize", "u128", "i128",
    "u64", "i64", "u32", "i32", "u16", "i16", "u8", "i8",
];

#[cfg(test)]
mod tests;
