// SPDX-License-Identifier: GPL-2.0-only
//! `panic = "forbid"`: what the module reaches holds no way to a panic.
//!
//! The macro leaves a mark in a section that the linker drops. In the compiled object each function
//! and each constant has a section of its own, and what refers to what are relocations: the same
//! that the linker collects garbage by. A way that the optimiser has removed is none.

use crate::error::unfit;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use kmod_verify::arch::Code;
use object::elf;
use object::read::elf::ElfFile64;
use object::{
    LittleEndian, Object as _, ObjectSection as _, ObjectSymbol as _, RelocationFlags,
    RelocationTarget, SectionKind,
};

/// The section that `panic = "forbid"` leaves (kmod-macros/src/kernel_module/panic.rs).
pub const MARK: &str = ".kmod.panic_forbid";

/// What only `kmod-core`'s panic handler calls.
const END: &str = "kmod_bug";

/// Crates that panic on behalf of their callers.
const LIBRARIES: [&str; 3] = ["core", "alloc", "__rustc"];

/// So many places are shown.
const SHOWN: usize = 8;

/// An error if `object` can panic; `roots` are the symbols that it is entered by, and it is what the
/// linker is given.
pub fn none(object: &[u8], roots: &[&str]) -> Result<()> {
    let graph = Graph::read(object)?;
    let handler = graph.sections_that_refer_to(END);
    let mut reached = graph.reached(roots, &BTreeSet::new());
    if handler.is_disjoint(&reached) {
        return Ok(());
    }
    // What the handler itself uses (to format its message) is not how a module comes to it.
    reached = graph.reached(roots, &handler);
    let mut places = Vec::from_iter(graph.places(&reached, handler));
    // What the module's author can mend comes first.
    places.sort_by_key(|place| place.contains("--> kmod-core/"));
    // Once each, in however many functions it has become a part of.
    places.dedup_by_key(|place| place.split(", in ").next().map(str::to_owned));
    let mut said = String::new();
    for place in places.iter().take(SHOWN) {
        let _ = write!(said, "\n{place}");
    }
    if places.len() > SHOWN {
        let _ = write!(said, "\n  and {} more", places.len() - SHOWN);
    }
    Err(unfit(format!(
        "the module says `panic = \"forbid\"`, but it can panic:{said}"
    ))
    .help(
        "let it return an error: `.get(i)` for `[i]`, `.get(a..b)` for `[a..b]`, \
         `.ok_or(EINVAL)?` for `.unwrap()`, `.checked_div(n)` for `/ n`; \
         `core::fmt` panics in itself where it formats numbers; or leave the key \
         out: a panic then ends in `BUG()`",
    )
    .into())
}

/// The functions that tell KASAN of the globals: they name every one, and call nothing in it.
const REGISTERS: &str = ".text.asan.module_";

/// What debuggers are told of, in ELF by name alone.
const DEBUG: &str = ".debug_";

/// Sections, and what refers to what.
struct Graph<'d> {
    sections: BTreeMap<usize, Node<'d>>,
    /// The symbols' sections.
    defined: BTreeMap<&'d str, usize>,
}

struct Node<'d> {
    name: &'d str,
    data: &'d [u8],
    /// The linker keeps it only if it is referred to.
    is_collected: bool,
    refers: Vec<Reference<'d>>,
}

/// From an offset of a section.
struct Reference<'d> {
    from: u64,
    /// To another section, or to a symbol that is not defined here.
    to: Result<usize, &'d str>,
    /// At an offset of that.
    at: i64,
}

impl<'d> Graph<'d> {
    fn read(object: &'d [u8]) -> Result<Self> {
        let file = ElfFile64::<LittleEndian>::parse(object).context("cargo made no object")?;
        let code = Code::of(file.architecture());
        let mut sections = BTreeMap::new();
        for section in file.sections() {
            // A table of what is in another section (where its functions can be patched) goes with
            // that one, and debuggers are told of functions that are gone.
            let flags = section.elf_section_header().sh_flags.get(LittleEndian);
            let follows = flags & u64::from(elf::SHF_LINK_ORDER) != 0;
            let name = section.name()?;
            let is_table =
                follows || name.starts_with(DEBUG) || section.kind() == SectionKind::Metadata;
            if is_table || name.starts_with(REGISTERS) {
                continue;
            }
            let mut refers = Vec::new();
            for (from, relocation) in section.relocations() {
                let (RelocationTarget::Symbol(index), RelocationFlags::Elf { r_type }) =
                    (relocation.target(), relocation.flags())
                else {
                    continue;
                };
                let symbol = file.symbol_by_index(index)?;
                let beyond = code.and_then(|code| code.counted_from(r_type)).unwrap_or(0);
                refers.push(Reference {
                    from,
                    to: match symbol.section_index() {
                        Some(index) => Ok(index.0),
                        None => Err(symbol.name()?),
                    },
                    at: symbol.address().cast_signed() + relocation.addend() + beyond,
                });
            }
            let node = Node {
                name,
                data: section.data()?,
                is_collected: super::link::REACHED
                    .iter()
                    .any(|with| name.starts_with(with)),
                refers,
            };
            sections.insert(section.index().0, node);
        }
        let defined = file
            .symbols()
            .filter_map(|symbol| Some((symbol.name().ok()?, symbol.section_index()?.0)))
            .collect();
        Ok(Self { sections, defined })
    }

    fn sections_that_refer_to(&self, symbol: &str) -> BTreeSet<usize> {
        let refers = |node: &Node| {
            node.refers
                .iter()
                .any(|reference| reference.to == Err(symbol))
        };
        let found = self.sections.iter().filter(|(_, node)| refers(node));
        found.map(|(index, _)| *index).collect()
    }

    /// What the linker keeps; ways out of `closed` are not taken.
    fn reached(&self, roots: &[&str], closed: &BTreeSet<usize>) -> BTreeSet<usize> {
        let kept = self.sections.iter().filter(|(_, node)| !node.is_collected);
        let mut to_see: Vec<usize> = kept.map(|(index, _)| *index).collect();
        to_see.extend(roots.iter().filter_map(|root| self.defined.get(root)));
        let mut reached = BTreeSet::new();
        while let Some(index) = to_see.pop() {
            if reached.insert(index) && !closed.contains(&index) {
                let node = self.sections.get(&index);
                to_see.extend(
                    node.iter()
                        .flat_map(|node| &node.refers)
                        .filter_map(|r| r.to.ok()),
                );
            }
        }
        reached
    }

    /// From the handler back, through constants and the library's functions, to those that called
    /// it: a line each.
    fn places(&self, reached: &BTreeSet<usize>, handler: BTreeSet<usize>) -> BTreeSet<String> {
        let mut places = BTreeSet::new();
        // What the optimiser has moved from the only caller of a function into it: the place.
        let mut moved: BTreeMap<usize, String> = handler
            .iter()
            .filter_map(|index| Some((*index, self.sections.get(index)?)))
            .filter_map(|(index, node)| {
                let mut places = node.refers.iter().filter_map(|r| self.location(r));
                Some((index, places.find(|place| !is_librarys(place))?))
            })
            .collect();
        let mut seen = handler.clone();
        let mut to_see: Vec<usize> = handler.into_iter().collect();
        while let Some(callee) = to_see.pop() {
            let mut has_caller = false;
            for index in reached {
                let Some(node) = self.sections.get(index) else {
                    continue;
                };
                for call in node.refers.iter().filter(|r| r.to == Ok(callee)) {
                    has_caller = true;
                    let place = self
                        .near(node, call)
                        .or_else(|| moved.get(&callee).cloned());
                    if !node.is_transparent() {
                        places.insert(self.line(node, callee, place));
                    } else if seen.insert(*index) {
                        to_see.push(*index);
                        moved.extend(place.map(|place| (*index, place)));
                    }
                }
            }
            if !has_caller && let Some(node) = self.sections.get(&callee) {
                places.insert(format!("  {}", node.function()));
            }
        }
        places
    }

    fn line(&self, node: &Node, callee: usize, place: Option<String>) -> String {
        let place = place
            .map(|place| format!("--> {place}, "))
            .unwrap_or_default();
        let callee = self.sections.get(&callee).map(Node::function);
        let callee = callee.unwrap_or_default();
        format!("  {place}in {}: {callee}", node.function())
    }

    /// The place in the source, outside of the library, that a function has at hand for a call: it
    /// is the last of the arguments of what panics.
    fn near(&self, node: &Node, call: &Reference) -> Option<String> {
        let mut before: Vec<_> = node.refers.iter().filter(|r| r.from <= call.from).collect();
        before.sort_by_key(|reference| std::cmp::Reverse(reference.from));
        let mut places = before.iter().take(4).filter_map(|r| self.location(r));
        places.find(|place| !is_librarys(place))
    }

    /// A `core::panic::Location`: file as pointer and length, line, column.
    fn location(&self, reference: &Reference) -> Option<String> {
        let node = self.sections.get(&reference.to.ok()?)?;
        let start = usize::try_from(reference.at).ok()?;
        let bytes = node.data.get(start..start.checked_add(24)?)?;
        let number =
            |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap_or_default());
        let (length, line, column) = (number(8), number(16), number(20));
        let pointer = node.refers.iter().find(|r| r.from == start as u64)?;
        let text = self.sections.get(&pointer.to.ok()?)?;
        let from = usize::try_from(pointer.at).ok()?;
        let file = text.data.get(from..from.checked_add(length as usize)?)?;
        let file = std::str::from_utf8(file)
            .ok()
            .filter(|file| file.ends_with(".rs"))?;
        Some(format!("{file}:{line}:{column}"))
    }
}

impl Node<'_> {
    /// Not a function of the module's, `kmod-core`'s or another crate's.
    fn is_transparent(&self) -> bool {
        match self.symbol() {
            Some(symbol) => crate_of(symbol).is_some_and(|name| LIBRARIES.contains(&name)),
            None => true,
        }
    }

    /// The function, for people.
    fn function(&self) -> String {
        let name = self.symbol().unwrap_or(self.name);
        format!("{:#}", rustc_demangle::demangle(name))
    }

    fn symbol(&self) -> Option<&str> {
        let name = self.name.strip_prefix(".text.")?;
        Some(name.strip_prefix("unlikely.").unwrap_or(name))
    }
}

fn is_librarys(place: &str) -> bool {
    place.contains("/library/core/src/")
}

/// The crate that holds a function: the first root in its mangled name (v0: `C`, a disambiguator,
/// the name with its length before).
fn crate_of(symbol: &str) -> Option<&str> {
    let (_, root) = symbol.strip_prefix("_R")?.split_once("Cs")?;
    let (_, name) = root.split_once('_')?;
    let digits = name.find(|c: char| !c.is_ascii_digit())?;
    let length: usize = name[..digits].parse().ok()?;
    // A name that begins with a digit or `_` has a `_` before it.
    let name = &name[digits..];
    let name = name
        .strip_prefix('_')
        .filter(|rest| rest.len() >= length)
        .unwrap_or(name);
    name.get(..length)
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_function_is_its_crates() {
        for (symbol, name) in [
            ("_RNvNtCs9mOIGsBWbKj_4core9panicking9panic_fmt", "core"),
            ("_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind", "__rustc"),
            (
                "_RINvNtNtCsggVJ48S3hmy_9kmod_core5print4line11format_line",
                "kmod_core",
            ),
            (
                "_RNvXs4_NvCs85YmH7b02w5_6ticket1__NtB9_6TicketNtNtCsggVJ48S3hmy_9kmod_core",
                "ticket",
            ),
        ] {
            assert_eq!(crate_of(symbol), Some(name));
        }
        assert_eq!(crate_of("init_module"), None);
    }
}
